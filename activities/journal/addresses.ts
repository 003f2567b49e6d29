import type { Pool } from 'pg';
import { withClient } from '../../prisma/client.ts';
import type { Address, Addresses } from '../carriers/address.ts';

type Stored = { readonly [Field in keyof Address]-?: Address[Field] | null };

const ADDRESS = 'a.name, a.company, a.street1, a.street2, a.city, a.state, a.zip, a.country, a.phone, a.email';

/** Addresses as they are now: a return's from the erasable contacts, a facility's own. */
export function makeAddresses(pool: Pool): Addresses {
  const one = (name: string, text: string, id: string) =>
    withClient(pool, async (client) => {
      const { rows } = await client.query<Stored>({ name, text, values: [id] });
      return rows[0] === undefined ? null : withoutBlanks(rows[0]);
    });
  return {
    ofReturn: (rma) =>
      one(
        'address of return',
        `SELECT ${ADDRESS} FROM returns r JOIN orders o ON o.id = r.order_id JOIN contacts a ON a.id = o.contact_id WHERE r.rma = $1`,
        rma,
      ),
    ofFacility: (facility) =>
      one('address of facility', `SELECT ${ADDRESS} FROM facilities a WHERE a.id = $1`, facility),
  };
}

function withoutBlanks({ name, street1, city, zip, country, ...rest }: Stored): Address {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null && value !== ''));
  return {
    name: name ?? '',
    street1: street1 ?? '',
    city: city ?? '',
    zip: zip ?? '',
    country: country ?? '',
    ...given,
  };
}
