import { useEffect } from 'react';
import type { RefObject } from 'react';
import type { CityMap } from './city-map.ts';

/** Printers get a picture: the canvas itself prints empty, as its drawing buffer is not kept. */
export function usePrintImage(map: CityMap | undefined, pageRef: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    let image: HTMLImageElement | undefined;
    const before = (): void => {
      if (map === undefined || pageRef.current === null) return;
      image = new Image();
      image.className = 'print-map';
      image.alt = '';
      image.src = map.snapshot().toDataURL('image/png');
      // first what it looks like, then what it means
      const heading = pageRef.current.querySelector('h1');
      if (heading === null) pageRef.current.prepend(image);
      else heading.after(image);
    };
    const after = (): void => {
      image?.remove();
      image = undefined;
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      after();
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, [map, pageRef]);
}
