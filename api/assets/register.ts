import { z } from 'zod';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { Country, Currency, OutsideCode, PartyId, PlainText } from '../fields.ts';
import { ContactBody } from '../orders/contact.ts';
import { createStandIn, minorUnits } from '../orders/stand-in.ts';
import { Problem } from '../problem.ts';

const Asset = z
  .strictObject({
    tag: OutsideCode.meta({ description: 'Its own number, unique over all registers.' }),
    sku: OutsideCode,
    title: PlainText.min(1).max(200).exactOptional(),
    category: PlainText.min(1).max(60).default('general'),
    serial: OutsideCode.exactOptional(),
    bookValue: z.string().meta({ example: '340.00' }),
    dataBearing: z.boolean().default(false).meta({ description: 'It holds data, which are wiped before it goes on.' }),
    unitWeightGrams: z.int().min(0).max(1_000_000).default(0),
  })
  .meta({ id: 'Asset' });

const Register = z
  .strictObject({
    register: OutsideCode.meta({ description: 'The name of this list of assets.' }),
    holder: PartyId.meta({ description: 'The store, job site or employee who has them, by the id of a buyer.' }),
    currency: Currency,
    country: Country,
    channel: PlainText.min(1).max(60).default('assets'),
    contact: ContactBody.meta({ description: 'Where they are: labels and pickups start from there.' }),
    assets: z.array(Asset).min(1).max(5000),
  })
  .meta({ id: 'AssetRegister' });

export const registerAssets: Endpoint = endpoint({
  method: 'post',
  path: '/v1/assets',
  id: 'registerAssets',
  tag: 'Orders',
  summary: 'Register equipment of our own that may come back',
  description:
    'It comes back by a return of the program `asset_recovery` with the register as its order and tags as its order lines. ' +
    'Nobody is paid for it; what it is sold for is told with its confirmation, and stands against its book value.',
  permission: 'assets:register',
  body: Register,
  responses: {
    201: { description: 'They are registered.', schema: z.object({ register: z.string(), assets: z.int() }) },
  },
  problems: [409],
  handle: async ({ body }, { db }) => {
    const { register, holder, currency, country, channel, contact, assets } = body;
    const twice = assets.findIndex(({ tag }, index) => assets.findIndex((other) => other.tag === tag) < index);
    if (twice >= 0) {
      const field = `assets[${twice}].tag`;
      throw new Problem(422, 'duplicate_tag', `${field}: is there twice; each asset has a tag of its own`, { field });
    }
    const lines = assets.map(({ tag, sku, title = sku, category, serial, bookValue, ...rest }, index) => ({
      ...{ id: tag, sku, title, category, quantity: 1, price: 0, ...rest },
      serials: serial === undefined ? [] : [serial],
      bookValue: minorUnits(bookValue, currency, `assets[${index}].bookValue`),
    }));
    const placedAt = new Date();
    await createStandIn(db, {
      ...{ id: register, kind: 'assets', buyer: holder, currency, country, channel, contact, placedAt, lines },
    });
    return {
      status: 201,
      body: { register, assets: assets.length },
      headers: { location: `/v1/orders/${encodeURIComponent(register)}` },
    };
  },
});
