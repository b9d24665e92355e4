/** SNS: topics, subscriptions of queues and functions, and their filter policies. */
@NullMarked
package dev.ingestkit.local.sns;

import org.jspecify.annotations.NullMarked;
