import { writeFile } from 'node:fs/promises';
import { CommandRefused } from './refusal.ts';

/** Writes what is about one person, for nobody's eyes but whoever runs the command. Throws `CommandRefused`. */
export const writePrivateFile = async (file: string, text: string): Promise<void> => {
  try {
    await writeFile(file, text, { mode: 0o600 });
  } catch {
    throw new CommandRefused('file-unwritable', {
      fr: 'Le fichier ne peut pas être écrit. Vérifiez le dossier, les droits et la place.',
      en: 'The file cannot be written. Check the folder, the permissions and the space.',
    });
  }
};
