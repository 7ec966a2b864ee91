import { Alert, Button } from 'antd';
import type { Bilingual } from '../../core/bilingual.ts';
import type { ErrorPlace } from '../../core/errors.ts';
import { useSpeech } from '../i18n/language.tsx';
import { PlaceOfTrouble } from './place-of-trouble.tsx';

interface ProblemLike {
  readonly code: string;
  readonly text: Bilingual;
  readonly place?: ErrorPlace;
}

/** An error in the reader's language: the sentence with its remedy, where in the input, and the stable code. */
export function ProblemAlert({ problem, onRetry }: { problem: ProblemLike; onRetry?: () => void }) {
  const { t, pick } = useSpeech();
  return (
    <Alert
      type="error"
      showIcon
      title={pick(problem.text)}
      description={
        <div className="problem-detail">
          {problem.place !== undefined && <PlaceOfTrouble place={problem.place} />}
          <code className="problem-code">{problem.code}</code>
        </div>
      }
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t.common.retry}
          </Button>
        )
      }
    />
  );
}
