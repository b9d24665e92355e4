/** The parts of all answers: resource names, capacity, points in time, and the contract of an action. */
@NullMarked
package dev.ingestkit.local.table.api.answer;

import org.jspecify.annotations.NullMarked;
