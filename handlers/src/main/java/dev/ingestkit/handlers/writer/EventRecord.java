package dev.ingestkit.handlers.writer;

import dev.ingestkit.core.event.RecordOrigin;

/** One record of a batch. The payload is not changed by anybody. */
record EventRecord(byte[] payload, RecordOrigin origin) {}
