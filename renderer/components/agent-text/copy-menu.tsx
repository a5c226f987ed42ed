import { Menu } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { escapeForTerminal } from '../../../shared/domain/text/escape.ts';
import { words } from './words.ts';

/** Copies the whole text: escaped, so that nothing hidden travels unseen, or exact for those who need its bytes. */
export function CopyMenu({ text }: { text: string }) {
  const copy = (content: string) => () => void navigator.clipboard.writeText(content);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button type="button" aria-label={words.menu} title={words.menu}>
          <IconCopy size={14} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={copy(text.split('\n').map(escapeForTerminal).join('\n'))}>{words.copy}</Menu.Item>
        <Menu.Item onClick={copy(text)}>{words.copyExact}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
