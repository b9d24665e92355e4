/**
 * EventBridge: buses, rules by pattern and by schedule, and the inputs of their targets.
 *
 * <p>{@link dev.ingestkit.local.eventbridge.EventBridgeService} maps actions to {@code RuleActions} and
 * {@code EventActions}, which work on the {@code RuleStore}; {@code RuleRunner} runs the rules and sends by a {@link
 * dev.ingestkit.local.eventbridge.TargetSender}. Actions run on the caller's thread, schedules on one daemon thread.
 */
@NullMarked
package dev.ingestkit.local.eventbridge;

import org.jspecify.annotations.NullMarked;
