import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import type { EChartsCoreOption } from 'echarts/core';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useAppearance } from '../shell/appearance.tsx';

use([BarChart, LineChart, AriaComponent, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

export interface ChartClick {
  readonly dataIndex: number;
}

interface ChartProps {
  readonly option: EChartsCoreOption;
  readonly label: string;
  readonly height: number;
  readonly onClick?: (click: ChartClick) => void;
}

/** An ECharts chart drawn as SVG: sharp on paper, and its words can be found. */
export default function Chart({ option, label, height, onClick }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init>>(undefined);
  const { shade } = useAppearance();
  const click = useRef(onClick);
  useEffect(() => {
    click.current = onClick;
  });
  useEffect(() => {
    if (box.current === null) return undefined;
    const made = init(box.current, shade === 'dark' ? 'dark' : undefined, { renderer: 'svg' });
    chart.current = made;
    made.on('click', (event) => click.current?.({ dataIndex: event.dataIndex as number }));
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(box.current);
    return () => {
      watcher.disconnect();
      made.dispose();
    };
  }, [shade]);
  useEffect(() => {
    const animation = !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    chart.current?.setOption({ backgroundColor: 'transparent', animation, animationDuration: 250, aria: { enabled: true, label: { description: label } }, ...option }, { notMerge: true });
  }, [option, label, shade]);
  return <div ref={box} className="chart" style={{ height }} role="img" aria-label={label} />;
}
