/** Reads the resources that invoke functions beside streams, queues and APIs: topics, rules, schedules. */
@NullMarked
package dev.ingestkit.local.template.event;

import org.jspecify.annotations.NullMarked;
