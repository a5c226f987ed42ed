import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { IconButton } from './icon-button.tsx';

interface CopyButtonProps {
  /** Exactly what goes on the clipboard. */
  readonly text: string;
  /** Names what is copied: `Copy the id`. */
  readonly label: string;
}

/** Copies the text as it is, and says so by a tick until the pointer or the focus leaves. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <IconButton
      label={copied ? 'Copied' : label}
      icon={copied ? IconCheck : IconCopy}
      onClick={() => void copy()}
      onLeave={() => setCopied(false)}
    />
  );
}
