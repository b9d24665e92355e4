package dev.ingestkit.local.kinesis;

/** The server-side encryption of a stream, as the API spells it. */
enum EncryptionType {
    KMS,
    NONE
}
