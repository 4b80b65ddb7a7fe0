/**
 * A pretend CoCalc API v2 over real HTTP, for the demo and for tests. It imitates what was recorded of the real one and
 * knows nothing of the rest of the house. Made up, because only refusals were recorded: that a stopped project's {@code state} is
 * {@code opened}, and all that {@code latex} answers when it compiles. It compiles what has {@code \\begin{document}} and
 * {@code \\end{document}}, unless {@code \\undefined} stands in it; then the log says so and there is no PDF. The PDF's address has the
 * form of CoCalc's and leads nowhere; no {@code command} is run. Under {@code /_sandbox}, outside the API:
 *
 * <ul>
 *   <li>{@code POST accounts}: {@code name}, {@code email} (null: none), {@code groups}, {@code key} (null: none),
 *       {@code legacy_key}, {@code balance}, {@code account_id}, {@code banned}; one or an array. A known name or
 *       account_id is changed, keeps its key, and its balance is not booked again.
 *   <li>{@code POST projects}: {@code project_id}, {@code title}, {@code collaborators}, {@code listings} (by path),
 *       {@code listed} (when they were made), {@code files} (texts by path), {@code state}, {@code key}.
 *   <li>{@code POST purchases}: {@code account}, {@code kind} (manual, credit, refund, renewal, metered), {@code cost},
 *       {@code time}, {@code description}, {@code notes}, {@code license_id} (renewal), {@code service} (metered). A
 *       manual one is bought from {@code description} at its price unless {@code cost} is given.
 *   <li>{@code POST throttle}: {@code {"off":true}} or {@code second}, {@code minute}, {@code hour}.
 *   <li>{@code POST latency}: {@code millis} before every call, {@code checkout_millis} between a checkout's reading of
 *       the cart and its commit.
 *   <li>{@code GET ledger}: {@code accounts}, {@code cart_items}, {@code purchases}, {@code licenses},
 *       {@code subscriptions}, {@code projects}; {@code calls} and {@code throttle_refusals}, each {@code total} by endpoint and
 *       {@code accounts} by account_id and endpoint; {@code checkouts_at_once}: {@code max} and {@code accounts}.
 *       {@code ?only=licenses,calls} answers just those.
 *   <li>{@code POST reset}: as after a first start, throttle and latency included.
 *   <li>{@code POST faults}, {@code GET}, {@code DELETE} (which also restores revoked keys): {@code endpoint} (default
 *       {@code *}), {@code kind}, {@code count} (default 1; 0, negative or null until deleted), {@code params}.
 * </ul>
 *
 * Params of every fault: {@code account} (name or id: only its calls). By kind:
 *
 * <ul>
 *   <li>{@code reset_before}, {@code reset_after_commit}: the connection is closed without an answer.
 *   <li>{@code timeout_before}, {@code timeout_after_commit}: no answer for {@code millis} (120000), then closed.
 *   <li>{@code late_commit}: closed at once, or with {@code hold} never answered; executed {@code delay_millis} (2000)
 *       later.
 *   <li>{@code html_502}, {@code html_200}, {@code http_503}, {@code error_text} ({@code text}): said instead;
 *       {@code executed} (false).
 *   <li>{@code truncated_json}, {@code empty_body}: half of the answer, none of it; {@code executed} (true).
 *   <li>{@code slow}: executed and answered after {@code millis} (3000).
 *   <li>{@code duplicate_delivery}: executed twice at once, answered once.
 *   <li>{@code revoke_key}: the caller's keys are unknown from now on; with {@code account} at once.
 *   <li>{@code db_down}: everybody is anonymous.
 *   <li>{@code price_factor}: {@code factor} (1.1) on unit prices, of items whose description contains {@code match}.
 *   <li>{@code foreign_item}: before the call, a ticked item ({@code description}) appears in the caller's cart.
 *   <li>{@code poison_item}: the same with an item that no checkout accepts; or, with {@code match}, the matching items
 *       fail {@code when} ({@code checkout}, {@code params}) with {@code text}.
 * </ul>
 */
@NullMarked
package dev.purser.sandbox;

import org.jspecify.annotations.NullMarked;
