import { AttributionControl, Map as MapLibreMap, Marker, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import type { GeoJSONSource, GeoJSONSourceSpecification, MapGeoJSONFeature, PaddingOptions, StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { Box } from '../../engine/spatial/geometry.ts';
import { drawIcon } from './icons.ts';
import type { DrawnFeatures } from './isochrone/isochrone-features.ts';
import { NOTHING_DRAWN } from './isochrone/isochrone-features.ts';
import { ISOCHRONES } from './style/isochrones.ts';
import { CELLS, SOURCE } from './style/style-input.ts';
import type { MapView, Selection } from './map-address.ts';

setWorkerUrl(workerUrl);

/** An object under the pointer, as the tiles know it. */
export interface Candidate {
  readonly selection: Selection;
  readonly layer: string;
  readonly kind: string;
  readonly name: string | undefined;
  readonly nameEn: string | undefined;
}

/** Where on earth a click fell. */
export interface ClickPlace {
  readonly lon: number;
  readonly lat: number;
  /** Whether Shift was held: one more, rather than another. */
  readonly add: boolean;
}

export interface CityMapEvents {
  readonly onClick: (candidates: readonly Candidate[], place: ClickPlace) => void;
  readonly onMove: (view: MapView) => void;
  readonly onError: () => void;
  /** The place under the pointer, where places are drawn as areas; undefined when it leaves them. */
  readonly onHoverPlace?: (placeId: string | undefined, at: { readonly x: number; readonly y: number }) => void;
}

export interface MapStart {
  readonly view?: MapView;
  readonly box?: Box;
  /** What panels cover of the map, in px. */
  readonly padding: PaddingOptions;
}

/** How far from the click a thin line or small point may lie, in px. */
const CLICK_REACH = 5;
const MAX_CANDIDATES = 30;
/** Icons are drawn once at twice their size: sharp on every screen there is. */
const ICON_PIXEL_RATIO = 2;
const CLICK_ORDER = ['facility', 'transit-stop', 'poi', 'street-point', 'place-name', 'street', 'railway', 'transit-route', 'building', 'water', 'land-use', 'population', 'place', 'boundary'];

export function canDrawMaps(): boolean {
  const canvas = document.createElement('canvas');
  return canvas.getContext('webgl2') !== null;
}

/** An element on the map that is dragged about. */
export interface MapHandle {
  move(place: readonly [number, number]): void;
  /** The place so many pixels to the right and below; moves nothing. */
  moveBy(right: number, down: number): [number, number];
  remove(): void;
}

/** Owns the MapLibre map: nothing else touches it. */
export class CityMap {
  readonly #map: MapLibreMap;
  readonly #container: HTMLElement;
  #styleLoaded = false;
  #waiting: StyleSpecification | undefined;
  #isochrones: DrawnFeatures = NOTHING_DRAWN;
  #picking = false;

  constructor(container: HTMLElement, style: StyleSpecification, start: MapStart, locale: Record<string, string>, events: CityMapEvents) {
    this.#container = container;
    this.#map = new MapLibreMap({
      container,
      style,
      ...(start.view !== undefined
        ? { center: [start.view.lon, start.view.lat], zoom: start.view.zoom }
        : start.box !== undefined && { bounds: [...start.box] as [number, number, number, number], fitBoundsOptions: { padding: start.padding } }),
      maxZoom: 20,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      locale,
      fadeDuration: 120,
    });
    const map = this.#map;
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new ScaleControl({ maxWidth: 110 }), 'bottom-left');
    map.addControl(new AttributionControl({ compact: false }), 'bottom-right');
    map.setMissingStyleImageResolver((id) => {
      const image = drawIcon(id, ICON_PIXEL_RATIO);
      if (image !== undefined && !map.hasImage(id)) map.addImage(id, image, { pixelRatio: ICON_PIXEL_RATIO });
    });
    map.once('style.load', () => {
      this.#styleLoaded = true;
      if (this.#waiting !== undefined) this.setStyle(this.#waiting);
      else this.setIsochrones(this.#isochrones);
      this.#waiting = undefined;
    });
    map.on('moveend', () => events.onMove(this.view()));
    map.on('click', (event) => {
      const { lng, lat } = event.lngLat.wrap();
      events.onClick(this.#picking ? [] : this.#candidatesAt(event.point), { lon: lng, lat, add: event.originalEvent.shiftKey });
    });
    map.on('mousemove', (event) => {
      map.getCanvas().style.cursor = this.#picking ? 'crosshair' : this.#candidatesAt(event.point, 2, true).length > 0 ? 'pointer' : '';
    });
    if (events.onHoverPlace !== undefined) this.#watchPlaces(events.onHoverPlace);
    // says to tests, and to style sheets, whether the picture is complete
    map.on('idle', () => (container.dataset.state = 'idle'));
    map.on('dataloading', () => (container.dataset.state = 'loading'));
    // a map without this listener writes every failed tile to the console
    map.on('error', () => events.onError());
  }

  #watchPlaces(tell: NonNullable<CityMapEvents['onHoverPlace']>): void {
    this.#map.on('mousemove', ({ point }) => {
      const layers = ['place-fill'].filter((id) => this.#map.getLayer(id) !== undefined);
      const [hit] = layers.length === 0 ? [] : this.#map.queryRenderedFeatures(point, { layers });
      this.#map.getCanvas().style.cursor = hit === undefined ? '' : 'pointer';
      tell(hit === undefined ? undefined : textOf(hit.properties.place), point);
    });
    this.#map.on('mouseout', ({ point }) => tell(undefined, point));
  }

  view(): MapView {
    const { lng, lat } = this.#map.getCenter();
    return { zoom: this.#map.getZoom(), lat, lon: lng };
  }

  /** Changes only what differs. Until the first style has loaded there is nothing to differ from: the latest one waits. */
  setStyle(style: StyleSpecification): void {
    if (this.#styleLoaded) this.#map.setStyle(this.#withIsochrones(style), { diff: true });
    else this.#waiting = style;
  }

  #withIsochrones(style: StyleSpecification): StyleSpecification {
    return { ...style, sources: { ...style.sources, [ISOCHRONES]: { type: 'geojson', data: this.#isochrones as GeoJSONSourceSpecification['data'] } } };
  }

  /** Draws isochrones; they stay when the style changes. */
  setIsochrones(features: DrawnFeatures): void {
    this.#isochrones = features;
    if (!this.#styleLoaded) return;
    void this.#map.getSource<GeoJSONSource>(ISOCHRONES)?.setData(features as GeoJSONSourceSpecification['data']);
  }

  /** While a place is being picked a click means the place, not what lies there. */
  setPicking(picking: boolean): void {
    this.#picking = picking;
    this.#map.getCanvas().style.cursor = picking ? 'crosshair' : '';
    // Shift with a drag draws a box to zoom to; with a click it adds a place
    if (picking) this.#map.boxZoom.disable();
    else this.#map.boxZoom.enable();
  }

  /** Puts an element of the page's own on the map, to be dragged. */
  addHandle(element: HTMLElement, [lon, lat]: readonly [number, number], onDrag: (place: [number, number], ended: boolean) => void): MapHandle {
    const marker = new Marker({ element, draggable: true }).setLngLat([lon, lat]).addTo(this.#map);
    const place = (): [number, number] => {
      const { lng, lat: y } = marker.getLngLat();
      return [lng, y];
    };
    marker.on('drag', () => onDrag(place(), false));
    marker.on('dragend', () => onDrag(place(), true));
    return {
      move: ([x, y]) => void marker.setLngLat([x, y]),
      moveBy: (right, down) => {
        const at = this.#map.project(marker.getLngLat());
        const { lng, lat: y } = this.#map.unproject([at.x + right, at.y + down]);
        return [lng, y];
      },
      remove: () => void marker.remove(),
    };
  }

  jumpTo(view: MapView): void {
    this.#map.jumpTo({ center: [view.lon, view.lat], zoom: view.zoom });
  }

  /** Moves the map as far as it takes for a place to be beside what the panels cover. */
  reveal([lon, lat]: readonly [number, number], { top = 0, bottom = 0, left = 0, right = 0 }: PaddingOptions): void {
    const { x, y } = this.#map.project([lon, lat]);
    const { clientWidth: width, clientHeight: height } = this.#container;
    if (x >= left && x <= width - right && y >= top && y <= height - bottom) return;
    const [middleX, middleY] = [(left + width - right) / 2, (top + height - bottom) / 2];
    this.#map.panBy([x - middleX, y - middleY], { duration: this.#calm() ? 0 : 300 });
  }

  /** Shows a box; a point is shown from the street's scale. */
  flyTo(box: Box, padding: PaddingOptions): void {
    const [west, south, east, north] = box;
    this.#map.fitBounds([west, south, east, north], { padding, maxZoom: 17, duration: this.#calm() ? 0 : 900, essential: true });
  }

  /** Shows a box where a part of it is out of sight, or where it is too small to be seen. */
  showIfHidden(box: Box, padding: PaddingOptions): void {
    const bounds = this.#map.getBounds();
    const [west, south, east, north] = box;
    const isSeen = bounds.contains([west, south]) && bounds.contains([east, north]);
    const width = this.#map.project([east, south]).x - this.#map.project([west, south]).x;
    if (!isSeen || width < 24) this.flyTo(box, padding);
  }

  zoomBy(steps: number): void {
    this.#map.zoomTo(this.#map.getZoom() + steps, { duration: this.#calm() ? 0 : 220 });
  }

  #calm(): boolean {
    return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  resize(): void {
    this.#map.resize();
  }

  label(text: string): void {
    const canvas = this.#map.getCanvas();
    canvas.setAttribute('aria-label', text);
    canvas.setAttribute('role', 'application');
  }

  remove(): void {
    this.#map.remove();
  }

  /** Waits until the latest style is drawn. */
  async drawn(): Promise<void> {
    // React hands a new style over in its next effects
    await new Promise((resolve) => setTimeout(resolve, 50));
    this.#map.triggerRepaint();
    await this.#map.once('idle');
  }

  /** The picture as it is now. Drawing and reading happen in one task, so the drawing buffer need not be kept. */
  snapshot(): HTMLCanvasElement {
    this.#map.redraw();
    const source = this.#map.getCanvas();
    const copy = document.createElement('canvas');
    copy.width = source.width;
    copy.height = source.height;
    copy.getContext('2d')?.drawImage(source, 0, 0);
    return copy;
  }

  /** Metres a CSS pixel spans at the centre. */
  metresPerPixel(): number {
    const { lat } = this.view();
    return (40_075_016.7 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** this.#map.getZoom());
  }

  pixelRatio(): number {
    return this.#map.getCanvas().width / this.#container.clientWidth;
  }

  #candidatesAt(point: { x: number; y: number }, reach = CLICK_REACH, anyWillDo = false): Candidate[] {
    const { x, y } = point;
    const found = this.#map.queryRenderedFeatures([
      [x - reach, y - reach],
      [x + reach, y + reach],
    ]);
    const under = anyWillDo ? undefined : new Set(this.#map.queryRenderedFeatures([x, y]).map(keyOf));
    const seen = new Set<string>();
    const candidates: Candidate[] = [];
    for (const feature of found) {
      const candidate = toCandidate(feature);
      if (candidate === undefined) continue;
      // an area is meant by a click inside it, not by one beside it: the neighbours of a small cell are not here
      if (under !== undefined && feature.geometry.type.endsWith('Polygon') && !under.has(keyOf(feature))) continue;
      if (anyWillDo && BACKGROUND.has(candidate.layer)) continue;
      const key = `${candidate.selection.type}/${candidate.selection.id}`;
      if (seen.has(key)) continue;
      seen.add(key);
      candidates.push(candidate);
      if (anyWillDo) break;
    }
    return candidates.sort((a, b) => rankOf(a.layer) - rankOf(b.layer)).slice(0, MAX_CANDIDATES);
  }
}

/** Layers that cover everything: a hand over each of them would be a hand everywhere. */
const BACKGROUND = new Set(['land-use', 'boundary', 'water', 'place', 'population']);

function rankOf(layer: string): number {
  const rank = CLICK_ORDER.indexOf(layer);
  // layers of the user's own come first: they were added to be looked at
  return rank === -1 ? -1 : rank;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function keyOf({ source, sourceLayer, layer, properties }: MapGeoJSONFeature): string {
  const { batch, feature, place, facility, cell } = properties;
  return [source, sourceLayer, layer.id, batch, feature, place, facility, cell].join('/');
}

function toCandidate(feature: MapGeoJSONFeature): Candidate | undefined {
  if ((feature.source !== SOURCE && feature.source !== CELLS) || feature.sourceLayer === undefined) return undefined;
  const { properties, sourceLayer: layer } = feature;
  const selection = selectionOf(layer, properties);
  if (selection === undefined) return undefined;
  return {
    selection,
    layer,
    kind: textOf(properties.kind) ?? '',
    name: textOf(properties.name),
    nameEn: textOf(properties.nameEn),
  };
}

function selectionOf(layer: string, properties: Record<string, unknown>): Selection | undefined {
  if (layer === 'place') return properties.place === undefined ? undefined : { type: 'place', id: String(properties.place) };
  if (layer === 'facility') return properties.facility === undefined ? undefined : { type: 'facility', id: String(properties.facility) };
  if (layer === 'population') {
    return properties.kind === 'cell' && properties.cell !== undefined ? { type: 'place', id: String(properties.cell) } : undefined;
  }
  if (properties.batch === undefined || properties.feature === undefined) return undefined;
  return { type: 'feature', id: `${String(properties.batch)}/${String(properties.feature)}` };
}
