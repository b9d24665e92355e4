/** EventBridge: buses, rules by pattern and by schedule, and what their targets receive. */
@NullMarked
package dev.ingestkit.local.eventbridge;

import org.jspecify.annotations.NullMarked;
