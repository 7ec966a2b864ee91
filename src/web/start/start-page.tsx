import type { Health } from '../../base/api.ts';
import { RequestError } from '../api/client.ts';
import { useSpeech } from '../i18n/language.tsx';
import { Logo } from '../shell/logo.tsx';
import { ProgressBar } from '../shell/progress-bar.tsx';
import { ProblemAlert } from '../shell/problem.tsx';

export function StartPage({ health }: { health: Health | RequestError }) {
  const { t, f, pick, language, setLanguage } = useSpeech();
  const told = health instanceof RequestError ? undefined : health;
  const failed = health instanceof RequestError ? health : health.problem;
  const startup = told?.startup;
  return (
    <main className="start">
      <div className="start-card">
        <div className="start-brand">
          <Logo size={56} />
          <div>
            <h1>{t.product}</h1>
            <p>{t.tagline}</p>
          </div>
        </div>
        {failed !== undefined ? (
          <ProblemAlert problem={failed} />
        ) : (
          <div role="status" aria-live="polite">
            <h2>{t.start.title}</h2>
            <p className="start-step">{startup ? pick(startup.text) : t.start.opening}</p>
            <ProgressBar share={startup?.total ? startup.done / startup.total : undefined} label={t.start.title} />
            <p className="quiet">{t.start.hint}</p>
            {told !== undefined && <p className="quiet">{t.start.elapsed(f.duration(told.uptimeS))}</p>}
          </div>
        )}
        <button type="button" className="link-button" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {t.shell.language}
        </button>
      </div>
    </main>
  );
}
