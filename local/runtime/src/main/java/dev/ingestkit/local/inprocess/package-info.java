/**
 * Adapters that let the gateway and the event source mappings use the services of this process: {@link
 * dev.ingestkit.local.inprocess.KinesisStreamSource}, {@link dev.ingestkit.local.inprocess.ServiceIntegrationBackend}.
 * They belong to neither side: services know no mapping and mappings know no service. Internal. Thread-safe; their
 * counterparts for another endpoint are in {@code attach}.
 */
@NullMarked
package dev.ingestkit.local.inprocess;

import org.jspecify.annotations.NullMarked;
