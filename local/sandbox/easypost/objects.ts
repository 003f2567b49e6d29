import { randomUUID } from 'node:crypto';

/** EasyPost's objects as they travel, with the fields that its documentation and its recorded exchanges show. */
export type Address = {
  id: string;
  object: 'Address';
  name: string | null;
  company: string | null;
  street1: string | null;
  street2: string | null;
  city: string | null;
  state: string | null;
  zip: string | null;
  country: string | null;
  phone: string | null;
  email: string | null;
  mode: 'test';
};

export type Rate = {
  id: string;
  object: 'Rate';
  mode: 'test';
  service: string;
  carrier: string;
  rate: string;
  currency: string;
  delivery_days: number;
  shipment_id: string;
};

export type TrackerStatus =
  | 'unknown'
  | 'pre_transit'
  | 'in_transit'
  | 'out_for_delivery'
  | 'available_for_pickup'
  | 'delivered'
  | 'return_to_sender'
  | 'failure';

export type TrackingDetail = {
  object: 'TrackingDetail';
  message: string;
  description: string;
  status: TrackerStatus;
  status_detail: string;
  datetime: string;
  source: string;
  carrier_code: string;
  tracking_location: { object: 'TrackingLocation'; city: null; state: null; country: string | null; zip: null };
};

export type Tracker = {
  id: string;
  object: 'Tracker';
  mode: 'test';
  tracking_code: string;
  status: TrackerStatus;
  status_detail: string;
  created_at: string;
  updated_at: string;
  signed_by: null;
  weight: number | null;
  est_delivery_date: string | null;
  shipment_id: string;
  carrier: string;
  tracking_details: TrackingDetail[];
  fees: [];
  finalized: boolean;
  is_return: boolean;
  public_url: string;
};

export type Shipment = {
  id: string;
  object: 'Shipment';
  mode: 'test';
  created_at: string;
  updated_at: string;
  is_return: boolean;
  messages: { carrier: string; type: 'rate_error'; message: string }[];
  options: Record<string, unknown>;
  reference: string | null;
  status: TrackerStatus;
  tracking_code: string | null;
  from_address: Address;
  to_address: Address;
  return_address: Address;
  buyer_address: Address;
  parcel: { id: string; object: 'Parcel'; weight: number; mode: 'test' };
  postage_label: null | {
    object: 'PostageLabel';
    id: string;
    created_at: string;
    label_date: string;
    label_size: '4x6';
    label_file_type: 'image/png';
    label_url: string;
  };
  rates: Rate[];
  refund_status: null | 'submitted';
  selected_rate: Rate | null;
  tracker: Tracker | null;
  insurance: null;
  forms: [];
  fees: { object: 'Fee'; type: 'PostageFee'; amount: string; charged: boolean; refunded: boolean }[];
};

export type Pickup = {
  id: string;
  object: 'Pickup';
  mode: 'test';
  created_at: string;
  updated_at: string;
  status: 'unknown' | 'scheduled' | 'canceled';
  reference: string | null;
  min_datetime: string;
  max_datetime: string;
  is_account_address: boolean;
  instructions: string | null;
  messages: [];
  confirmation: string | null;
  address: Address;
  carrier_accounts: [];
  pickup_rates: {
    id: string;
    object: 'PickupRate';
    mode: 'test';
    service: string;
    carrier: string;
    rate: string;
    currency: string;
    pickup_id: string;
  }[];
};

export type Claim = {
  id: string;
  object: 'Claim';
  mode: 'test';
  reference: string | null;
  approved_amount: string | null;
  attachments: string[];
  contact_email: string | null;
  created_at: string;
  updated_at: string;
  description: string;
  history: { status: string; status_detail: string; timestamp: string }[];
  insurance_amount: string;
  insurance_id: string;
  payment_method: string;
  recipient_name: string | null;
  requested_amount: string;
  shipment_id: string;
  status: string;
  status_detail: string;
  status_timestamp: string;
  tracking_code: string;
  type: string;
};

/** An id as EasyPost makes them: the object's prefix and 32 hexadecimal digits. */
export const newId = (prefix: string): string => `${prefix}_${randomUUID().replaceAll('-', '')}`;

/** EasyPost's times have whole seconds. */
export const now = (): string => `${new Date().toISOString().slice(0, 19)}Z`;
