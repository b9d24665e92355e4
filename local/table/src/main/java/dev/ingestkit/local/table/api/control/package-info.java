/**
 * The actions on tables as a whole: DynamoDB's checks of their requests, and the descriptions in their answers.
 * Thread-safe.
 */
@NullMarked
package dev.ingestkit.local.table.api.control;

import org.jspecify.annotations.NullMarked;
