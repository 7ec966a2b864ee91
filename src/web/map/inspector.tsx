import { CloseOutlined } from '@ant-design/icons';
import { Button, Drawer, Skeleton } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Resource } from '../api/use-resource.ts';
import type { KindNames } from '../i18n/kind-names.ts';
import { useSpeech } from '../i18n/language.tsx';
import type { Box } from '../../engine/spatial/geometry.ts';
import { ProblemAlert } from '../shell/problem.tsx';
import type { Candidate } from './city-map.ts';
import { DetailView } from './detail-view.tsx';
import { KindIcon } from './kind-icon.tsx';
import { sameSelection } from './map-address.ts';
import type { Selection } from './map-address.ts';
import type { Detail } from './selection-detail.ts';

interface InspectorProps {
  readonly cityId: string;
  readonly selection: Selection | undefined;
  readonly detail: Resource<Detail>;
  readonly candidates: readonly Candidate[];
  readonly kinds: KindNames;
  readonly narrow: boolean;
  readonly onSelect: (selection: Selection | undefined) => void;
  readonly onZoom: (box: Box) => void;
}

/** What is known of the chosen object: a card at the side, or a sheet from below on narrow screens. */
export function Inspector(props: InspectorProps) {
  const { t } = useSpeech();
  const { selection, narrow, onSelect } = props;
  if (narrow) {
    return (
      <Drawer
        placement="bottom"
        open={selection !== undefined}
        onClose={() => onSelect(undefined)}
        title={t.inspector.title}
        size="52%"
        mask={false}
        rootClassName="sheet"
        forceRender={false}
      >
        {selection !== undefined && <Content {...props} />}
      </Drawer>
    );
  }
  if (selection === undefined) return null;
  return (
    <aside className="panel inspector" aria-label={t.inspector.title}>
      <Button className="inspector-close" type="text" size="small" icon={<CloseOutlined />} aria-label={t.common.close} onClick={() => onSelect(undefined)} />
      <div className="panel-body">
        <Content {...props} />
      </div>
    </aside>
  );
}

function Content({ cityId, selection, detail, candidates, kinds, onSelect, onZoom }: InspectorProps): ReactNode {
  const isAmong = candidates.some((candidate) => sameSelection(candidate.selection, selection));
  return (
    <>
      {isAmong && candidates.length > 1 && <CandidateList candidates={candidates} selection={selection} kinds={kinds} onSelect={onSelect} />}
      {detail.error !== undefined && <ProblemAlert problem={detail.error} onRetry={detail.reload} />}
      {detail.data === undefined && detail.loading && <Skeleton active paragraph={{ rows: 5 }} />}
      {detail.data !== undefined && <DetailView cityId={cityId} detail={detail.data} kinds={kinds} onSelect={onSelect} onZoom={onZoom} />}
    </>
  );
}

const SHOWN_AT_FIRST = 4;

/** Several objects lie under a click: the nearest to the eye is open, the others are one click away. */
function CandidateList({ candidates, selection, kinds, onSelect }: Pick<InspectorProps, 'candidates' | 'selection' | 'kinds' | 'onSelect'>) {
  const { t, f, language } = useSpeech();
  const [all, setAll] = useState(false);
  const shown = all ? candidates : candidates.slice(0, SHOWN_AT_FIRST);
  const kindText = (candidate: Candidate): string =>
    candidate.selection.type === 'place' ? (t.level[candidate.kind] ?? candidate.kind) : kinds.feature(candidate.layer, candidate.kind);
  return (
    <nav className="candidates" aria-label={t.map.here(f.integer(candidates.length))}>
      <p className="candidates-title">{t.map.here(f.integer(candidates.length))}</p>
      <ul>
        {shown.map((candidate) => {
          const current = sameSelection(candidate.selection, selection);
          const name = (language === 'en' ? (candidate.nameEn ?? candidate.name) : (candidate.name ?? candidate.nameEn)) ?? kindText(candidate);
          return (
            <li key={`${candidate.selection.type}/${candidate.selection.id}`}>
              <button type="button" className={current ? 'candidate candidate-current' : 'candidate'} aria-current={current ? 'true' : undefined} onClick={() => onSelect(candidate.selection)}>
                {candidate.layer === 'facility' && <KindIcon kind={candidate.kind} size={16} />}
                <span className="candidate-name">{name}</span>
                {name !== kindText(candidate) && <span className="quiet">{kindText(candidate)}</span>}
              </button>
            </li>
          );
        })}
      </ul>
      {candidates.length > shown.length && (
        <button type="button" className="link-button" onClick={() => setAll(true)}>
          {`${t.common.all} (${f.integer(candidates.length)})`}
        </button>
      )}
    </nav>
  );
}
