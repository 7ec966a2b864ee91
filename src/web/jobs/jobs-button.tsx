import { SyncOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { Badge, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useSpeech } from '../i18n/language.tsx';
import { useJobs } from './jobs-context.tsx';
import { JobsList } from './jobs-list.tsx';

export function JobsButton() {
  const { t, f } = useSpeech();
  const { runningCount } = useJobs();
  const [open, setOpen] = useState(false);
  const label = runningCount > 0 ? `${t.shell.jobs}: ${t.shell.jobsRunning(f.integer(runningCount))}` : t.shell.jobs;
  return (
    <>
      <Badge count={runningCount} size="small" offset={[-6, 6]}>
        <Button
          type="text"
          icon={runningCount > 0 ? <SyncOutlined spin /> : <UnorderedListOutlined />}
          aria-label={label}
          title={label}
          aria-haspopup="dialog"
          onClick={() => setOpen(true)}
        />
      </Badge>
      <Drawer title={t.jobs.title} open={open} onClose={() => setOpen(false)} size={420} rootClassName="jobs-drawer">
        <JobsList onLeave={() => setOpen(false)} />
      </Drawer>
    </>
  );
}
