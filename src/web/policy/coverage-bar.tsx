import type { DocumentLine } from '../../delivery/api.ts';
import { useSpeech } from '../i18n/language.tsx';

type Coverage = DocumentLine['coverage'];

/** Of the clauses that ask for something: confirmed indicator, proposed indicator, task alone, nothing. The parts make up the whole. */
export function coverageParts({ clauses, measured, confirmed, nothing }: Coverage): readonly { readonly key: 'confirmed' | 'measured' | 'tasked' | 'nothing'; readonly count: number }[] {
  const taskOnly = Math.max(0, clauses - measured - nothing);
  return [{ key: 'confirmed', count: confirmed }, { key: 'measured', count: measured - confirmed }, { key: 'tasked', count: taskOnly }, { key: 'nothing', count: nothing }];
}

export function CoverageBar({ coverage, compact = false }: { coverage: Coverage; compact?: boolean }) {
  const { t, f } = useSpeech();
  const words = t.policy;
  if (coverage.clauses === 0) return <span className="quiet">{words.noAsks}</span>;
  const parts = coverageParts(coverage);
  const sentence = `${words.coverageClauses(f.integer(coverage.clauses))}：${parts.map(({ key, count }) => `${words.coverageParts[key]} ${f.integer(count)}`).join('，')}`;
  return (
    <div className={compact ? 'coverage coverage-compact' : 'coverage'}>
      {!compact && <p className="coverage-head"><strong>{words.coverageOf(f.percent((coverage.clauses - coverage.nothing) / coverage.clauses))}</strong> <span className="quiet">{words.coverageClauses(f.integer(coverage.clauses))} · {words.coverageNumbers(f.integer(coverage.measured), f.integer(coverage.confirmed), f.integer(coverage.tasked), f.integer(coverage.nothing))}</span></p>}
      <div className="coverage-bar" role="img" aria-label={sentence} title={sentence}>
        {parts.map(({ key, count }) => count > 0 && <span key={key} className={`coverage-${key}`} style={{ flexGrow: count }} />)}
      </div>
      {compact
        ? <span className="quiet coverage-words">{words.coverageOf(f.percent((coverage.clauses - coverage.nothing) / coverage.clauses))}</span>
        : <ul className="coverage-legend">{parts.map(({ key, count }) => <li key={key}><span className={`coverage-square coverage-${key}`} aria-hidden="true" /> {words.coverageParts[key]} {f.integer(count)}</li>)}</ul>}
    </div>
  );
}
