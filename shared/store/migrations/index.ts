import { foundation } from './0001-foundation.ts';
import { register } from './0002-register.ts';
import { retention } from './0003-retention.ts';
import { notifications } from './0004-notifications.ts';
import { deliveries } from './0005-deliveries.ts';
import type { Migration } from './migration.ts';

/** Every migration, in the order in which they are applied. */
export const migrations: readonly Migration[] = [foundation, register, retention, notifications, deliveries];
