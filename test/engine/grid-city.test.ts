/** A city whose answers follow from reasoning: streets every 100 m, walked at 1 m/s and driven at 10 m/s. */
import { describe, expect, it } from 'vitest';
import { linkPoints } from '../../src/engine/graph/travel/link-points.ts';
import { PASS, TRAIT } from '../../src/engine/graph/network/network.ts';
import type { TravelProfile } from '../../src/engine/graph/travel/profile.ts';
import { profileOf } from '../../src/engine/graph/travel/profile.ts';
import { UNREACHED } from '../../src/engine/graph/search/search-graph.ts';
import { buildTravelGraph } from '../../src/engine/graph/travel/travel-graph.ts';
import { costRow } from './plain-costs.ts';
import type { EdgePlan } from './street-plan.ts';
import { ALL, StreetPlan, placeAt } from './street-plan.ts';

const SIDE = 9;
const BRIDGE = 6;
const ON_FOOT = PASS.walk | PASS.bike;
const LOCAL = PASS.walkLocal | PASS.bikeLocal | PASS.driveLocal;

/** Streets 0 … 8 in both directions, crossings at (100 x, 100 y); a river between rows 4 and 5 with one bridge in column 6. */
class GridCity {
  readonly plan = new StreetPlan();
  readonly crossings: number[][] = [];
  /** Edge from (x, y) to the east and to the north. */
  readonly east: number[][] = [];
  readonly north: number[][] = [];

  constructor(eastward: (y: number) => EdgePlan = () => ({}), open: (x: number, y: number) => boolean = () => true) {
    for (let y = 0; y < SIDE; y++) this.crossings.push(Array.from({ length: SIDE }, (_, x) => this.plan.vertex(100 * x, 100 * y)));
    for (let y = 0; y < SIDE; y++) {
      this.east.push(Array.from({ length: SIDE - 1 }, (_, x) => (open(x, y) ? this.plan.edge(this.crossings[y][x], this.crossings[y][x + 1], eastward(y)) : -1)));
    }
    for (let y = 0; y + 1 < SIDE; y++) {
      this.north.push(Array.from({ length: SIDE }, (_, x) => (y === 4 && x !== BRIDGE ? -1 : this.plan.edge(this.crossings[y][x], this.crossings[y + 1][x]))));
    }
  }

  /** Cost between two places in metres. */
  cost(profile: TravelProfile, from: readonly [number, number], to: readonly [number, number]): number {
    const travel = buildTravelGraph(this.plan.build(), profile);
    return costRow(travel, linkPoints(travel, Float64Array.from([...placeAt(...from), ...placeAt(...to)])), 0)[1];
  }
}

const WALK = profileOf('walk');
const DRIVE = profileOf('drive');

describe('walking in the grid city', () => {
  const city = new GridCity();
  const travel = buildTravelGraph(city.plan.build(), WALK);
  const places = city.crossings.flatMap((row, y) => row.map((_, x) => [x, y] as const));
  const links = linkPoints(travel, Float64Array.from(places.flatMap(([x, y]) => placeAt(100 * x, 100 * y))));

  it('is as far as the blocks between, and over the river by way of the bridge', () => {
    places.forEach(([x1, y1], p) => {
      const row = costRow(travel, links, p);
      places.forEach(([x2, y2], q) => {
        const across = y1 < 5 !== y2 < 5;
        const blocks = Math.abs(y1 - y2) + (across ? Math.abs(x1 - BRIDGE) + Math.abs(x2 - BRIDGE) : Math.abs(x1 - x2));
        expect(row[q], `${x1},${y1} → ${x2},${y2}`).toBe(100 * blocks);
      });
    });
  });

  it('starts and ends within blocks and beside streets', () => {
    expect(city.cost(WALK, [250, 0], [650, 0])).toBe(400);
    expect(city.cost(WALK, [250, 0], [250, 100])).toBe(200);
    expect(city.cost(WALK, [240, 0], [270, 0])).toBe(30);
    // 30 m off the street (33.3 s by the scale of the drawing), whether leaving or coming back
    expect(city.cost(WALK, [250, 30], [650, 0])).toBe(433);
    expect(city.cost(WALK, [650, 0], [250, 30])).toBe(433);
  });

  it('ends where nothing is within reach', () => {
    // 1,600 m are 1,443.4 of the drawing
    expect(city.cost(WALK, [0, 0], [0, -1443])).toBe(1599);
    expect(city.cost(WALK, [0, 0], [0, -1444])).toBe(UNREACHED);
    expect(city.cost({ ...WALK, maxLinkM: 20 }, [0, 0], [250, 30])).toBe(UNREACHED);
  });

  it('is measured in millimetres where that is the unit, whatever the speed', () => {
    expect(city.cost({ ...WALK, unit: 'mm', speedKmh: 5 }, [0, 0], [300, 200])).toBe(500_000);
    expect(city.cost({ ...WALK, speedKmh: 7.2 }, [0, 0], [300, 200])).toBe(250);
  });
});

describe('walls and gates', () => {
  /** An estate in the block from (200, 200) to (300, 300): a yard with a path to the south side and one to the north. */
  function estate(pass: number, delayS: number): GridCity {
    const city = new GridCity(undefined, (x, y) => x !== 2 || (y !== 2 && y !== 3));
    const yard = city.plan.vertex(250, 250);
    const south = city.plan.vertex(250, 210, { delayS });
    const north = city.plan.vertex(250, 290);
    const southStreet = city.plan.vertex(250, 200);
    const northStreet = city.plan.vertex(250, 300);
    city.plan.edge(city.crossings[2][2], southStreet);
    city.plan.edge(southStreet, city.crossings[2][3]);
    city.plan.edge(city.crossings[3][2], northStreet);
    city.plan.edge(northStreet, city.crossings[3][3]);
    city.plan.edge(southStreet, south, { forward: pass, backward: pass });
    city.plan.edge(south, yard, { forward: pass, backward: pass });
    city.plan.edge(yard, north, { forward: pass, backward: pass });
    city.plan.edge(north, northStreet, { forward: pass, backward: pass });
    return city;
  }
  const besideSouth: [number, number] = [250, 200];
  const besideNorth: [number, number] = [250, 300];

  it('are passed where everybody may, at the price of the gate', () => {
    expect(estate(ALL, 0).cost(WALK, besideSouth, besideNorth)).toBe(100);
    // the gate's 20 s count once, whichever way; dearer than round the block it is not taken
    expect(estate(ALL, 20).cost(WALK, besideSouth, besideNorth)).toBe(120);
    expect(estate(ALL, 20).cost(WALK, besideNorth, besideSouth)).toBe(120);
    expect(estate(ALL, 200).cost(WALK, besideSouth, besideNorth)).toBe(200);
  });

  it('let residents out and visitors in, but nobody through', () => {
    const local = { ...WALK, local: 'ends' } as const;
    const city = estate(LOCAL, 0);
    expect(city.cost(local, [250, 250], besideNorth)).toBe(50);
    expect(city.cost(local, besideSouth, [250, 250])).toBe(50);
    expect(city.cost(local, [250, 220], [250, 280])).toBe(60);
    expect(city.cost(local, besideSouth, besideNorth)).toBe(200);
    // closed to all: the nearest street outside is 50 m from the yard's middle, straight through the wall
    expect(city.cost(WALK, [250, 250], besideSouth)).toBeGreaterThanOrEqual(50);
    expect(city.cost({ ...WALK, maxLinkM: 40 }, [250, 250], besideSouth)).toBe(UNREACHED);
  });

  it('let drivers in and out of an estate alike', () => {
    const local = { ...DRIVE, local: 'ends', turnS: { left: 0, right: 0, straight: 0, uTurn: 0 } } as const;
    const city = estate(LOCAL, 0);
    expect(city.cost(local, [225, 200], [250, 250])).toBe(7);
    expect(city.cost(local, [250, 250], [275, 300])).toBe(7);
    expect(city.cost(local, [225, 200], [225, 300])).toBe(14);
  });
});

describe('slopes', () => {
  /** A kilometre that climbs 100 m; the rest of the city is a level piece to keep the component. */
  const plan = new StreetPlan();
  const bottom = plan.vertex(0, 0);
  const top = plan.vertex(1000, 0, { heightM: 100 });
  plan.edge(bottom, top);
  const network = plan.build();
  const cost = (profile: TravelProfile, from: [number, number], to: [number, number]): number => {
    const travel = buildTravelGraph(network, profile);
    const { forward, backward } = travel.edge;
    return from[0] < to[0] ? forward[0] : backward[0];
  };

  it('slow walkers up and down by Tobler, each his own way', () => {
    const hilly = { ...WALK, slope: true, leastVertices: 0 };
    // 1.2 · exp(−3.5 · 0.15) = 0.70987; 1.2 · exp(−3.5 · 0.05) = 1.00735
    expect(cost(hilly, [0, 0], [1000, 0])).toBe(1409);
    expect(cost(hilly, [1000, 0], [0, 0])).toBe(993);
    expect(cost({ ...hilly, slope: false }, [0, 0], [1000, 0])).toBe(1000);
    expect(cost({ ...hilly, unit: 'mm' }, [0, 0], [1000, 0])).toBe(1_000_000);
  });
});

describe('driving in the grid city', () => {
  it('pays for turns: right 10 s, left 30 s', () => {
    const city = new GridCity();
    expect(city.cost(DRIVE, [50, 100], [450, 100])).toBe(40);
    expect(city.cost(DRIVE, [50, 100], [200, 50])).toBe(15 + 10 + 5);
    expect(city.cost(DRIVE, [150, 0], [200, 50])).toBe(5 + 30 + 5);
    // where left turns are dear, back and three times right
    expect(city.cost({ ...DRIVE, turnS: { ...DRIVE.turnS, left: 1000 } }, [150, 0], [200, 50])).toBe(5 + 20 + 20 + 15);
  });

  it('has a ceiling where the profile says so, and goes on foot from the street', () => {
    const city = new GridCity();
    expect(city.cost({ ...DRIVE, speedKmh: 18 }, [50, 100], [450, 100])).toBe(80);
    expect(city.cost({ ...DRIVE, speedKmh: 180 }, [50, 100], [450, 100])).toBe(40);
    expect(city.cost(DRIVE, [50, 110], [450, 100])).toBe(40 + 11);
  });

  it('keeps to one-way streets: row 2 leads east only, row 3 west only', () => {
    const city = new GridCity((y) => (y === 2 ? { backward: ON_FOOT } : y === 3 ? { forward: ON_FOOT } : {}));
    expect(city.cost(DRIVE, [150, 200], [450, 200])).toBe(30);
    // round by row 1 with four right turns
    expect(city.cost(DRIVE, [450, 200], [150, 200])).toBe(5 + 20 + 50 + 20 + 15);
    expect(city.cost(DRIVE, [450, 300], [150, 300])).toBe(30);
    expect(city.cost(WALK, [450, 200], [150, 200])).toBe(300);
    expect(city.cost({ ...profileOf('bike'), speedKmh: 36 }, [450, 200], [150, 200])).toBe(30);
  });

  it('turns round at a cost at the end of a street, where no restriction forbids it', () => {
    // a one-way street leads out of the city to a fork: straight on into a dead end, or right and back, which is forbidden
    const city = new GridCity();
    const fork = city.plan.vertex(-100, 0);
    const end = city.plan.vertex(-200, 0);
    const inward = city.plan.edge(city.crossings[0][0], fork, { backward: ON_FOOT });
    city.plan.edge(fork, end);
    const back = city.plan.edge(fork, city.crossings[1][0], { lengthM: 150, backward: ON_FOOT });
    expect(city.cost(DRIVE, [-50, 0], [-50, 50])).toBe(5 + 10 + 7);
    city.plan.turn([2 * inward, 2 * back]);
    // to the end, round, and from the other side a left turn
    expect(city.cost(DRIVE, [-50, 0], [-50, 50])).toBe(5 + 10 + 90 + 10 + 30 + 7);
    expect(city.cost(WALK, [-50, 0], [-50, 50])).toBe(125);
  });

  it('goes round a roundabout without turning', () => {
    // a square of 40 m round (0, −120), driven against the clock, with the city on its north and a street to the south
    const city = new GridCity();
    const [north, west, south, east] = [[0, -100], [-20, -120], [0, -140], [20, -120]].map(([x, y]) => city.plan.vertex(x, y));
    const round = { backward: ON_FOOT, traits: TRAIT.roundabout, lengthM: 30 };
    for (const [from, to] of [[north, west], [west, south], [south, east], [east, north]]) city.plan.edge(from, to, round);
    city.plan.edge(city.crossings[0][0], north);
    const end = city.plan.vertex(0, -240);
    city.plan.edge(south, end);
    // in to the right, two quarters, out to the right: 5 + 10 + 3 + 3 + 10 + 5
    expect(city.cost(DRIVE, [0, -50], [0, -190])).toBe(36);
    expect(city.cost(DRIVE, [0, -190], [0, -50])).toBe(36);
  });

  it('does not turn round where a street merely bends', () => {
    const city = new GridCity();
    const bend = city.plan.vertex(-100, 0);
    const end = city.plan.vertex(-100, 100);
    city.plan.edge(city.crossings[0][0], bend);
    city.plan.edge(bend, end);
    const travel = buildTravelGraph(city.plan.build(), DRIVE, { contract: false });
    const outOf = (v: number): number[] => {
      const states = Array.from(travel.node.vertex.keys()).filter((s) => travel.node.vertex[s] === v);
      return states.flatMap((s) => Array.from(travel.arc.delay.subarray(travel.graph.firstOut[s], travel.graph.firstOut[s + 1])));
    };
    expect(outOf(bend)).toEqual([0, 0]);
    expect(outOf(end)).toEqual([90]);
  });
});

describe('turn restrictions in the grid city', () => {
  it('forbid a left turn: back and three times right instead', () => {
    const city = new GridCity();
    city.plan.turn([2 * city.east[0][1], 2 * city.north[0][2]]);
    expect(city.cost(DRIVE, [150, 0], [200, 50])).toBe(60);
    // others may: from the other side, and on foot
    expect(city.cost(DRIVE, [250, 0], [200, 50])).toBe(5 + 10 + 5);
    expect(city.cost(WALK, [150, 0], [200, 50])).toBe(100);
  });

  it('that do not bind drivers are not kept', () => {
    const city = new GridCity();
    city.plan.turn([2 * city.east[0][1], 2 * city.north[0][2]], { modes: PASS.bike });
    expect(city.cost(DRIVE, [150, 0], [200, 50])).toBe(40);
  });

  it('that demand to go straight on forbid left, right and back', () => {
    const city = new GridCity();
    city.plan.turn([2 * city.east[1][1], 2 * city.east[1][2]], { only: true });
    expect(city.cost(DRIVE, [150, 100], [350, 100])).toBe(20);
    // right turn instead: west, left, left, left = 5 + 40 + 40 + 35; or straight on, right, right, right: 15 + 20 + 20 + 15
    expect(city.cost(DRIVE, [150, 100], [200, 50])).toBe(70);
  });

  it('over a street between bind only those who came from where they begin', () => {
    const oneWay = (y: number): EdgePlan => (y === 0 ? { backward: ON_FOOT } : {});
    const free = new GridCity(oneWay);
    expect(free.cost(DRIVE, [150, 0], [150, 100])).toBe(5 + 40 + 35);
    const city = new GridCity(oneWay);
    city.plan.turn([2 * city.east[0][1], 2 * city.north[0][2], 2 * city.east[1][1] + 1]);
    // one block on
    expect(city.cost(DRIVE, [150, 0], [150, 100])).toBe(15 + 40 + 30 + 15 + 0);
    // who starts on the street between, or turns off before it ends, is free
    expect(city.cost(DRIVE, [200, 50], [150, 100])).toBe(5 + 30 + 5);
    expect(city.cost(DRIVE, [150, 0], [250, 100])).toBe(5 + 40 + 15);
  });
});
