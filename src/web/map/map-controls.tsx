import { AimOutlined, CameraOutlined, FieldTimeOutlined, FullscreenExitOutlined, FullscreenOutlined, MinusOutlined, PlusOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import { useSpeech } from '../i18n/language.tsx';
import type { CityMap } from './city-map.ts';
import { usePrintImage } from './use-print-image.ts';

interface MapControlsProps {
  readonly onZoom: (steps: number) => void;
  readonly onHome: () => void;
  readonly onExport: () => void;
  readonly onPrint: () => void;
  readonly isochronesOpen: boolean;
  readonly onIsochrones: () => void;
  readonly pageRef: RefObject<HTMLDivElement | null>;
  readonly map: CityMap | undefined;
}

export function MapControls({ onZoom, onHome, onExport, onPrint, isochronesOpen, onIsochrones, pageRef, map }: MapControlsProps) {
  const { t } = useSpeech();
  const full = useFullscreen();
  usePrintImage(map, pageRef);
  return (
    <div className="map-controls">
      <div className="map-control-group" role="group">
        <Control label={t.isochrone.tool} icon={<FieldTimeOutlined />} onClick={onIsochrones} pressed={isochronesOpen} />
      </div>
      <div className="map-control-group" role="group">
        <Control label={t.map.zoomIn} icon={<PlusOutlined />} onClick={() => onZoom(1)} />
        <Control label={t.map.zoomOut} icon={<MinusOutlined />} onClick={() => onZoom(-1)} />
      </div>
      <div className="map-control-group" role="group">
        <Control label={t.map.zoomTo} icon={<AimOutlined />} onClick={onHome} />
        <Control
          label={full ? t.map.exitFullscreen : t.map.fullscreen}
          icon={full ? <FullscreenExitOutlined /> : <FullscreenOutlined />}
          onClick={() => void (full ? document.exitFullscreen() : pageRef.current?.requestFullscreen())}
        />
      </div>
      <div className="map-control-group only-wide-block" role="group">
        <Control label={t.map.exportPng} icon={<CameraOutlined />} onClick={onExport} />
        <Control label={t.map.print} icon={<PrinterOutlined />} onClick={onPrint} />
      </div>
    </div>
  );
}

function Control({ label, icon, onClick, pressed }: { label: string; icon: ReactNode; onClick: () => void; pressed?: boolean }) {
  return <Button type="text" icon={icon} aria-label={label} title={label} onClick={onClick} aria-pressed={pressed} className={pressed === true ? 'map-control-pressed' : undefined} />;
}

function useFullscreen(): boolean {
  const [full, setFull] = useState(false);
  useEffect(() => {
    const update = (): void => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', update);
    return () => document.removeEventListener('fullscreenchange', update);
  }, []);
  return full;
}
