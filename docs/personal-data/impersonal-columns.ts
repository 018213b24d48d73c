/**
 * Columns that say nothing of a person: ids that the register or upstream makes, counts, states, times of codes, codes of
 * reasons, ids of organisations. A new column has to come here or into a datum before the tests pass.
 */
export const impersonalColumns: Readonly<Record<string, string>> = {
  api_keys: 'key_id role organizations agent_organization created_at expires_at revoked_at line replaced_by',
  attempts:
    'attempt_id code_id app_id organization generation kind state qr_code_id possible_orphan lease_token lease_until due_at failures error_code upstream_request_id reason expires_at planned_at sent_at settled_at',
  audit: 'audit_id at action',
  batch_rows:
    'batch_id number app_id organization code_id state error_code upstream_request_id failures due_at begun lease_until lease_token settled_at',
  batches: 'batch_id app_id organizations operation actor total created_at cancelled_at',
  codes:
    'code_id slug app_id organization template_id max_flow_num life_s policy state reason version generation generations_made committed expires_at due_at held renew_requested failures lease_until lease_token created_at updated_at callback_token warn_at',
  contracts: 'app_id organization code_id generation link charged updated_at',
  daily_uses: 'code_id day app_id organization uses',
  deliveries:
    'delivery_id event_id subscription_id code_id type occurred_at state reason rung attempts due_at settled_at lease_until lease_token',
  delivery_attempts: 'delivery_id number started_at duration_ms error status answer_code retry_after_s',
  event_subscriptions:
    'subscription_id app_id organization kind event_types languages state reason failures failing_since not_before rotated_until version created_at updated_at',
  events: 'event_id type code_id app_id organization occurred_at fanned_out_at',
  generations:
    'code_id number qr_code_id urls max_flow_num used state created_at expires_at cost_messages certain_contracts told_percent told_expiring',
  idempotency_records: 'key_id function_name token work_id handovers in_progress_until expires_at',
  key_calls: 'key_id minute calls',
  notices: 'kind subject scope raised reason at announcement told_created_at told_code_id',
  message_bodies: 'received_at notification_id',
  message_ids: 'received_at notification_id',
  messages:
    'notification_id msg_id msg_type msg_version body_sealed route_token route_generation key_index token_index received_at occurred_at occurred_from outcome app_id organization code_id generation copies failures due_at lease_until settled_at',
  migration_steps: 'number step place done',
  notification_rejections: 'hour verdict count last_at last_bytes last_route',
  organization_settings: 'app_id organization contracts_bought contracts_bought_at version updated_at',
  organizations: 'app_id organization quota_state since probe_at probe_failures failed_at proven_at',
  rate_limits: 'action tat noted_at',
  schema_migrations: 'number name checksum applied_at',
};
