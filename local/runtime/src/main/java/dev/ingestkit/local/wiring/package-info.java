/** Where a template becomes a running stack: each resource handed to the service that runs it, each service to those that need it. */
@NullMarked
package dev.ingestkit.local.wiring;

import org.jspecify.annotations.NullMarked;
