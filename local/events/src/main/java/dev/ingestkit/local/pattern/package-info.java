/**
 * Event patterns as EventBridge reads them: for the filters of event source mappings, the rules of event buses and the
 * filter policies of subscriptions.
 */
@NullMarked
package dev.ingestkit.local.pattern;

import org.jspecify.annotations.NullMarked;
