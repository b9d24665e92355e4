/**
 * Constructs a running stack and nothing else: {@link dev.ingestkit.local.wiring.RunningStack} passes each resource of
 * a template to the service that runs it, and each service to the parts that need it. Internal. Runs on the thread that
 * starts the runtime, functions and APIs side by side; no code here runs per request.
 */
@NullMarked
package dev.ingestkit.local.wiring;

import org.jspecify.annotations.NullMarked;
