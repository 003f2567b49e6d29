import { Router } from 'express';
import type { Api } from '../api.ts';

export function webhookRoutes(_api: Api): Router {
  return Router();
}
