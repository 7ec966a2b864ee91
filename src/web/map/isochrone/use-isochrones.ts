import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { IsochroneAnswer, IsochroneRequest } from '../../../base/network/reach/isochrone-api.ts';
import type { RequestError } from '../../api/client.ts';
import { asRequestError } from '../../api/use-resource.ts';
import type { Shade } from '../../shell/appearance.tsx';
import type { CityMap } from '../city-map.ts';
import type { IsochroneChoice } from './isochrone-address.ts';
import { placeAt, roundPlace } from './isochrone-address.ts';
import { drawFeatures, NOTHING_DRAWN } from './isochrone-features.ts';
import type { ReachState } from './reach-source.ts';
import { useReachSource } from './use-reach-source.ts';

export interface Isochrones {
  readonly state: ReachState | undefined;
  readonly answer: IsochroneAnswer | undefined;
  readonly tookMs: number | undefined;
  readonly problem: RequestError | undefined;
  readonly canUndo: boolean;
  place(place: readonly [number, number], add: boolean): void;
  change(choice: IsochroneChoice): void;
  undo(): void;
  retry(): void;
}

function toRequest({ mode, minutes, speedKmh, places }: IsochroneChoice): IsochroneRequest {
  return { places: places.map(([lon, lat]) => [lon, lat]), mode, minutes: [...minutes], ...(speedKmh !== undefined && { speedKmh }), streets: true };
}

interface Wish {
  readonly cityId: string;
  readonly version: number;
  readonly choice: IsochroneChoice | undefined;
  readonly map: CityMap | undefined;
  readonly shade: Shade;
  readonly handleLabel: (number: string) => string;
  /** Puts a choice into the address. */
  readonly onChoice: (choice: IsochroneChoice) => void;
}

/** Keeps the isochrones on the map in step with the choice in the address, and follows a place that is dragged. */
export function useIsochrones({ cityId, version, choice, map, shade, handleLabel, onChoice }: Wish): Isochrones {
  const { source, state, retry } = useReachSource(cityId, version, choice !== undefined);
  const [result, setResult] = useState<{ answer: IsochroneAnswer; tookMs: number } | undefined>(undefined);
  const [problem, setProblem] = useState<RequestError | undefined>(undefined);
  const [past, setPast] = useState<readonly IsochroneChoice[]>([]);
  const latest = useRef({ choice, onChoice });
  useEffect(() => {
    latest.current = { choice, onChoice };
  });

  /** What was asked last, and of whom: the address comes round a little later with the same question. */
  const asked = useRef<{ source: unknown; key: string }>({ source: undefined, key: '' });

  const ask = useCallback(
    (wanted: IsochroneChoice) => {
      const request = toRequest(wanted);
      asked.current = { source, key: JSON.stringify(request) };
      source?.ask(request).then(
        (found) => {
          // the tool was left, or the places cleared, while this was on its way
          if (found === undefined || asked.current.key === '') return;
          setResult(found);
          setProblem(undefined);
        },
        (error: unknown) => {
          setResult(undefined);
          setProblem(asRequestError(error));
        },
      );
    },
    [source],
  );

  const key = choice === undefined ? '' : JSON.stringify(toRequest(choice));
  const hasPlaces = choice !== undefined && choice.places.length > 0;
  useEffect(() => {
    if (hasPlaces && latest.current.choice !== undefined) {
      if (asked.current.source !== source || asked.current.key !== key) ask(latest.current.choice);
      return;
    }
    asked.current = { source: undefined, key: '' };
    setResult(undefined);
    setProblem(undefined);
  }, [key, hasPlaces, source, ask]);

  const isReady = state?.type === 'ready';
  useEffect(() => {
    if (isReady && !hasPlaces && latest.current.choice !== undefined) source?.prepare(toRequest(latest.current.choice));
  }, [source, isReady, hasPlaces, key]);

  const streets = choice?.streets === true;
  const open = choice !== undefined;
  const drawn = useMemo(() => (!open || result === undefined ? NOTHING_DRAWN : drawFeatures(result.answer, shade, streets)), [open, result, shade, streets]);
  useEffect(() => map?.setIsochrones(drawn), [map, drawn]);
  useEffect(() => {
    map?.setPicking(open);
    return () => map?.setPicking(false);
  }, [map, open]);

  const change = useCallback((next: IsochroneChoice) => {
    const before = latest.current.choice;
    if (before !== undefined && before.places.length > 0) setPast((list) => [...list.slice(-49), before]);
    // asked first, written into the address while the answer is on its way
    if (next.places.length > 0) ask(next);
    latest.current.onChoice(next);
  }, [ask]);
  const place = useCallback((at: readonly [number, number], add: boolean) => {
    if (latest.current.choice !== undefined) change(placeAt(latest.current.choice, at, add));
  }, [change]);
  const undo = useCallback(() => {
    setPast((list) => list.slice(0, -1));
    const before = past.at(-1);
    if (before !== undefined) latest.current.onChoice(before);
  }, [past]);

  useHandles(map, choice?.places, handleLabel, (number, at, ended) => {
    const now = latest.current.choice;
    if (now === undefined) return;
    const next = { ...now, places: now.places.map((one, i) => (i === number ? roundPlace(at) : one)) };
    if (ended) change(next);
    else ask(next);
  });

  return { state, answer: result?.answer, tookMs: result?.tookMs, problem, canUndo: past.length > 0, place, change, undo, retry };
}

const STEP_PX = 8;
const FAR_STEP_PX = 64;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** A handle on each place: dragged with pointer or finger, moved with the arrow keys (Shift: farther). */
function useHandles(map: CityMap | undefined, places: IsochroneChoice['places'] | undefined, label: (number: string) => string, onMove: (number: number, place: [number, number], ended: boolean) => void): void {
  const latest = useRef(onMove);
  useEffect(() => {
    latest.current = onMove;
  });
  const count = places?.length ?? 0;
  const handles = useRef<{ element: HTMLButtonElement; handle: ReturnType<CityMap['addHandle']> }[]>([]);
  useEffect(() => {
    if (map === undefined) return undefined;
    const made = Array.from({ length: count }, (_, number) => {
      const element = document.createElement('button');
      element.type = 'button';
      element.className = 'isochrone-handle';
      let frame = 0;
      const handle = map.addHandle(element, [0, 0], (place, ended) => {
        // one question a frame, however often the pointer moves
        cancelAnimationFrame(frame);
        if (ended) latest.current(number, place, true);
        else frame = requestAnimationFrame(() => latest.current(number, place, false));
      });
      element.addEventListener('keydown', (event) => {
        const arrow = ARROWS[event.key];
        if (arrow === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        const step = event.shiftKey ? FAR_STEP_PX : STEP_PX;
        latest.current(number, handle.moveBy(step * arrow[0], step * arrow[1]), true);
      });
      // a click on the handle is no click on the map below it
      element.addEventListener('click', (event) => event.stopPropagation());
      return { element, handle };
    });
    handles.current = made;
    return () => {
      handles.current = [];
      for (const { handle } of made) handle.remove();
    };
  }, [map, count]);
  useEffect(() => {
    handles.current.forEach(({ element, handle }, number) => {
      const place = places?.[number];
      if (place !== undefined) handle.move(place);
      element.setAttribute('aria-label', label(String(number + 1)));
      element.title = label(String(number + 1));
    });
  }, [map, places, count, label]);
}
