package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.item.Item;

/** One write of one item, or a check of it that writes nothing. */
public sealed interface WriteRequest {
    /** Returns the kind, for switches that cover every case. */
    Kind kind();

    /** The kinds of writes. */
    enum Kind {
        PUT,
        DELETE,
        UPDATE,
        CHECK
    }

    /** Returns the table's name. */
    String table();

    /** Returns the item with the key: the item that a put stores, the bare key of another write. */
    Item keyed();

    /** Returns the circumstances. */
    WriteContext context();

    /** Stores an item in place of the one with its key. */
    record Put(String table, Item item, WriteContext context) implements WriteRequest {
        @Override
        public Kind kind() {
            return Kind.PUT;
        }

        @Override
        public Item keyed() {
            return item;
        }
    }

    /** Deletes the item of a key. */
    record Delete(String table, Item key, WriteContext context) implements WriteRequest {
        @Override
        public Kind kind() {
            return Kind.DELETE;
        }

        @Override
        public Item keyed() {
            return key;
        }
    }

    /** Changes the item of a key, or creates it. */
    record Update(String table, Item key, ItemUpdate update, WriteContext context) implements WriteRequest {
        @Override
        public Kind kind() {
            return Kind.UPDATE;
        }

        @Override
        public Item keyed() {
            return key;
        }
    }

    /** Checks the item of a key, within a transaction. */
    record Check(String table, Item key, WriteContext context) implements WriteRequest {
        @Override
        public Kind kind() {
            return Kind.CHECK;
        }

        @Override
        public Item keyed() {
            return key;
        }
    }
}
