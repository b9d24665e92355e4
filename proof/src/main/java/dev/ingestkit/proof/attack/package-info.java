/**
 * Sends hostile input to a runtime's port and checks that answers stay clear, the port stays live and memory stays
 * bounded.
 */
@NullMarked
package dev.ingestkit.proof.attack;

import org.jspecify.annotations.NullMarked;
