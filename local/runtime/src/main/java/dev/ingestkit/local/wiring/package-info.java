/**
 * Constructs a running stack and nothing else: {@link dev.ingestkit.local.wiring.RunningStack} hands each resource of a
 * template to the service that runs it, and each service to the parts that need it. Internal. Runs on the thread that
 * starts the runtime; nothing of it works for a request.
 */
@NullMarked
package dev.ingestkit.local.wiring;

import org.jspecify.annotations.NullMarked;
