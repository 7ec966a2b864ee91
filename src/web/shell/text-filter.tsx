import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { ClearIcon } from './clear-icon.tsx';

const TYPING_MS = 300;

interface TextFilterProps {
  readonly value: string;
  readonly label: string;
  readonly className?: string;
  readonly onChange: (value: string) => void;
}

/** A field that filters what the server gives: it asks when the typing pauses. */
export function TextFilter({ value, label, className, onChange }: TextFilterProps) {
  const [text, setText] = useState(value);
  const [told, setTold] = useState(value);
  if (told !== value) {
    setTold(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return undefined;
    const timer = window.setTimeout(() => onChange(text), TYPING_MS);
    return () => window.clearTimeout(timer);
    // a new callback is no new text
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [text, value]);
  return <Input allowClear={{ clearIcon: <ClearIcon /> }} className={className} prefix={<SearchOutlined aria-hidden="true" />} aria-label={label} placeholder={label} maxLength={100} value={text} onChange={(event) => setText(event.target.value)} />;
}
