import { UserOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useState } from 'react';
import { useSpeech } from '../i18n/language.tsx';
import { readSetting, writeSetting } from './settings.ts';

const MOST = 60;

/** The name that the history of changes gives whoever works at this browser. There are no accounts: it is a signature, not a lock. */
export function UserName() {
  const { t } = useSpeech();
  const [name, setName] = useState(() => readSetting('user') ?? '');
  return (
    <Input
      prefix={<UserOutlined aria-hidden="true" />}
      aria-label={t.shell.user}
      placeholder={t.shell.user}
      title={t.shell.userHint}
      maxLength={MOST}
      value={name}
      onChange={({ target }) => {
        setName(target.value);
        writeSetting('user', target.value);
      }}
    />
  );
}
