import { z } from 'zod';
import type { RoutingPolicy } from '../../domain/policy/routing.ts';
import { Country, LocalId } from '../fields.ts';
import { Capability, Conditions, RuleName } from './rule.ts';

/** Which facility receives what. */
export const Routing = z
  .strictObject({
    routes: z
      .array(
        z.strictObject({
          route: RuleName.meta({ example: 'hazardous-goods', description: 'Its name, which returns cite.' }),
          when: Conditions,
          to: z
            .discriminatedUnion('to', [
              z.strictObject({ to: z.literal('facility'), facility: LocalId }),
              z.strictObject({ to: z.literal('capability'), capability: Capability }),
              z.strictObject({ to: z.literal('nearest') }),
            ])
            .meta({ description: 'One facility, or the nearest of those that are capable, or of all.' }),
        }),
      )
      .max(200),
    zones: z
      .array(z.strictObject({ zone: RuleName, countries: z.array(Country).min(1).max(300) }))
      .max(100)
      .meta({ description: 'Countries that are near each other; the first that holds a country counts first.' }),
  })
  .meta({ id: 'Routing' }) satisfies z.ZodType<RoutingPolicy>;
