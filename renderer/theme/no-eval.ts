import { z } from 'zod';

// The content security policy forbids code from text. Schemas try it as they are made, so this comes before any of them.
z.config({ jitless: true });
