import { createAgreement } from './agreements/create.ts';
import { registerAssets } from './assets/register.ts';
import { listAttention } from './attention/list.ts';
import { resolveQueueEntry } from './attention/resolve.ts';
import { createBulkReturn, previewBulkReturn } from './bulk-returns/create.ts';
import { creditBulkReturn } from './bulk-returns/credit.ts';
import { receiveDelivery } from './bulk-returns/deliveries.ts';
import { listBulkReturnLines } from './bulk-returns/lines.ts';
import { bulkOddityEndpoints } from './bulk-returns/oddities.ts';
import { getBulkReturn, listBulkReturns } from './bulk-returns/one.ts';
import { reconcileBulkReturn } from './bulk-returns/reconciliation.ts';
import { bulkWorkEndpoints } from './bulk-returns/work.ts';
import { getCertificate } from './certified-disposals/certificate.ts';
import { certifiedDisposalCommands } from './certified-disposals/commands.ts';
import { createCertifiedDisposal } from './certified-disposals/create.ts';
import { certifiedDisposals } from './certified-disposals/desk.ts';
import { memoDisputeEndpoints } from './credit-memos/disputes.ts';
import { listCreditMemos } from './credit-memos/list.ts';
import { getCreditMemo } from './credit-memos/one.ts';
import { deliveryCommands } from './deliveries/commands.ts';
import { getDelivery, listDeliveries } from './deliveries/read.ts';
import { getDisputePack } from './dispute-pack/pack.ts';
import type { Endpoint } from './endpoint.ts';
import { exchangeEndpoints } from './exchanges/endpoints.ts';
import { listExecutions } from './executions/list.ts';
import { getExecution } from './executions/one.ts';
import { facilityEndpoints } from './facilities/facilities.ts';
import { findGift } from './gifts/lookup.ts';
import { createGoodsWithoutReceipt } from './goods-without-receipt/create.ts';
import { keyEndpoints } from './keys/keys.ts';
import { createLiquidation } from './liquidations/create.ts';
import { liquidations } from './liquidations/desk.ts';
import { liquidationEndpoints } from './liquidations/endpoints.ts';
import { loanEndpoints } from './loans/endpoints.ts';
import { getLot } from './lots/one.ts';
import { traceLots } from './lots/trace.ts';
import { lotUploads } from './lots/upload.ts';
import { getMeasures } from './measures/measures.ts';
import { networkInputs } from './network-inputs/endpoints.ts';
import { listOrders } from './orders/list.ts';
import { getOrder } from './orders/one.ts';
import { recordShipment } from './orders/shipments.ts';
import { importOrdersEndpoint } from './orders/upload.ts';
import { packagingEndpoints } from './packaging/endpoints.ts';
import { erasePhoto, getPhoto, listPhotos, takePhoto } from './photos/photos.ts';
import { discardDraft, getDraft, saveDraft } from './policies/draft.ts';
import { publishPolicy } from './policies/publish.ts';
import { comparePolicies, getPolicy, listPolicies } from './policies/versions.ts';
import { rebalanceEndpoints } from './rebalances/endpoints.ts';
import { getRecallScope } from './recalls/change-scope.ts';
import { recallCheckCommands } from './recalls/checks/commands.ts';
import { getRecallWorksheet, listRecallChecks } from './recalls/checks/list.ts';
import { importRecallChecks, recordRecallCheck } from './recalls/checks/outcomes.ts';
import { recallCommands } from './recalls/commands.ts';
import { consigneeWebhooks } from './recalls/consignee-webhooks.ts';
import { createRecall } from './recalls/create.ts';
import { drillSchedules } from './recalls/drills/schedules.ts';
import { getDrillScore, listDrills } from './recalls/drills/scores.ts';
import { recallFacilities } from './recalls/facilities/endpoints.ts';
import { followRecall } from './recalls/progress.ts';
import { recallProofs } from './recalls/proofs.ts';
import { listRecallQuestions, resolveRecallQuestions } from './recalls/questions.ts';
import { getRecall, listRecallConsignees, listRecalls } from './recalls/read.ts';
import { getRecallReport } from './recalls/report/endpoint.ts';
import { responseEndpoints } from './recalls/responses/endpoints.ts';
import { sendNoticeAgain } from './recalls/send-again.ts';
import { bookBlindReceipt } from './receipts/book.ts';
import { listReceipts } from './receipts/list.ts';
import { getReceipt } from './receipts/one.ts';
import { settleReceiptEndpoints } from './receipts/settle.ts';
import { refurbishmentCommands } from './refurbishments/commands.ts';
import { createRefurbishment } from './refurbishments/create.ts';
import { refurbishments } from './refurbishments/desk.ts';
import { workOnUnits } from './refurbishments/units.ts';
import { adjustmentEndpoints } from './returns/adjustments.ts';
import { changeEndpoints } from './returns/changes.ts';
import { answerClaim } from './returns/claims.ts';
import { createReturn, previewReturn } from './returns/create.ts';
import { decisionEndpoints } from './returns/decisions.ts';
import { extendReturn } from './returns/extend.ts';
import { goodsEndpoints } from './returns/goods.ts';
import { handOnItem } from './returns/hand-on.ts';
import { listReturns } from './returns/list.ts';
import { getReturn } from './returns/one.ts';
import { getQuestions } from './returns/questions.ts';
import { rejectionEndpoints } from './returns/rejections.ts';
import { remedyEndpoints } from './returns/remedy.ts';
import { repairQuoteEndpoints } from './returns/repair-quotes.ts';
import { repairEndpoints } from './returns/repairs.ts';
import { stockEndpoints } from './stock/endpoints.ts';
import { storeCreditCommands } from './store-credits/commands.ts';
import { storeCreditReading } from './store-credits/read.ts';
import { createTakeBack } from './take-backs/create.ts';
import { createTradeInOffer } from './trade-in-offers/create.ts';
import { transferEndpoints } from './transfers/endpoints.ts';
import { tripEndpoints } from './trips/endpoints.ts';
import { vendorReturnCommands } from './vendor-returns/commands.ts';
import { createVendorReturn } from './vendor-returns/create.ts';
import { vendorReturns } from './vendor-returns/desk.ts';
import { webhookEndpoints } from './webhook-endpoints/endpoints.ts';

/** Every route under /v1 that needs a key, in the order of the reference. */
export const endpoints: readonly Endpoint[] = [
  previewReturn,
  createReturn,
  listReturns,
  getReturn,
  getDisputePack,
  getQuestions,
  ...decisionEndpoints,
  ...adjustmentEndpoints,
  ...exchangeEndpoints,
  ...changeEndpoints,
  ...remedyEndpoints,
  ...repairEndpoints,
  ...repairQuoteEndpoints,
  ...rejectionEndpoints,
  extendReturn,
  ...goodsEndpoints,
  handOnItem,
  answerClaim,
  previewBulkReturn,
  createBulkReturn,
  listBulkReturns,
  getBulkReturn,
  listBulkReturnLines,
  ...bulkOddityEndpoints,
  ...bulkWorkEndpoints,
  receiveDelivery,
  reconcileBulkReturn,
  creditBulkReturn,
  bookBlindReceipt,
  listReceipts,
  getReceipt,
  ...settleReceiptEndpoints,
  createVendorReturn,
  listExecutions(vendorReturns),
  getExecution(vendorReturns),
  ...vendorReturnCommands,
  createLiquidation,
  listExecutions(liquidations),
  getExecution(liquidations),
  ...liquidationEndpoints,
  createCertifiedDisposal,
  listExecutions(certifiedDisposals),
  getExecution(certifiedDisposals),
  getCertificate,
  ...certifiedDisposalCommands,
  listDeliveries,
  getDelivery,
  ...deliveryCommands,
  createRefurbishment,
  listExecutions(refurbishments),
  getExecution(refurbishments),
  ...refurbishmentCommands,
  ...workOnUnits,
  ...transferEndpoints,
  ...rebalanceEndpoints,
  ...networkInputs,
  takePhoto,
  listPhotos,
  getPhoto,
  erasePhoto,
  listAttention,
  resolveQueueEntry,
  getMeasures,
  listOrders,
  getOrder,
  importOrdersEndpoint,
  ...lotUploads,
  getLot,
  createRecall,
  listRecalls,
  getRecall,
  listRecallConsignees,
  followRecall,
  getRecallScope,
  listRecallQuestions,
  resolveRecallQuestions,
  ...recallCommands,
  getRecallReport,
  getDrillScore,
  ...drillSchedules,
  listDrills,
  ...recallCheckCommands,
  ...recallFacilities,
  listRecallChecks,
  getRecallWorksheet,
  recordRecallCheck,
  importRecallChecks,
  ...responseEndpoints,
  ...recallProofs,
  sendNoticeAgain,
  ...consigneeWebhooks,
  traceLots,
  recordShipment,
  findGift,
  createAgreement,
  createTradeInOffer,
  createTakeBack,
  ...loanEndpoints,
  ...packagingEndpoints,
  createGoodsWithoutReceipt,
  registerAssets,
  ...stockEndpoints,
  ...storeCreditReading,
  ...storeCreditCommands,
  listCreditMemos,
  getCreditMemo,
  ...memoDisputeEndpoints,
  listPolicies,
  getPolicy,
  comparePolicies,
  getDraft,
  saveDraft,
  discardDraft,
  publishPolicy,
  ...tripEndpoints,
  ...facilityEndpoints,
  ...webhookEndpoints,
  ...keyEndpoints,
];
