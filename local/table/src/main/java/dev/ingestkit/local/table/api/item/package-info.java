/** The item actions: what DynamoDB checks of their requests, in its order and with its texts, and their answers. */
@NullMarked
package dev.ingestkit.local.table.api.item;

import org.jspecify.annotations.NullMarked;
