/**
 * The item actions: DynamoDB's checks of their requests, in its order and with its texts, and their answers.
 * Thread-safe.
 */
@NullMarked
package dev.ingestkit.local.table.api.item;

import org.jspecify.annotations.NullMarked;
