package dev.ingestkit.local.s3;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.protocol.ServiceException;
import java.net.URLEncoder;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** The actions that create, delete and list buckets. Thread-safe. */
final class BucketActions {

    private static final int MAX_KEYS = 1000;
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final Pattern LOCATION =
            Pattern.compile("<LocationConstraint[^>]*>\\s*([^<\\s]+)\\s*</LocationConstraint>");
    /** Any region but us-east-1, which S3 represents by no constraint. */
    private static final Pattern CONSTRAINT = Pattern.compile("EU|(?!us-east-1$)[a-z]{2}(-[a-z]+)+-\\d");

    private final BucketStore store;
    private final String region;

    BucketActions(BucketStore store, String region) {
        this.store = requireNonNull(store, "store");
        this.region = requireNonNull(region, "region");
    }

    HttpResponse create(S3Call call) {
        String body = new String(call.http().body(), StandardCharsets.UTF_8);
        if (body.contains("<Tag>") || body.contains("<Tags>")) {
            throw S3Errors.notImplemented("CreateBucket with Tags");
        }
        Matcher constraint = LOCATION.matcher(body);
        String location = constraint.find() ? constraint.group(1) : region;
        if (constraint.reset().find() && !CONSTRAINT.matcher(location).matches()) {
            throw S3Errors.invalidLocation();
        }
        store.create(call.bucket(), location);
        return empty(200).withHeader("Location", "/" + call.bucket());
    }

    HttpResponse delete(S3Call call) {
        store.delete(store.bucket(call.bucket()));
        return empty(204);
    }

    HttpResponse head(S3Call call) {
        return empty(200).withHeader("x-amz-bucket-region", store.bucket(call.bucket()).region);
    }

    private static HttpResponse empty(int status) {
        return HttpResponse.of(status, "application/xml", new byte[0]);
    }

    /** Returns the bucket's region; the API represents us-east-1 by an empty element. */
    HttpResponse location(S3Call call) {
        String location = store.bucket(call.bucket()).region;
        return S3Xml.response(
                200,
                "LocationConstraint",
                xml -> xml.characters(location.equals(BucketStore.US_EAST_1) ? "" : location));
    }

    HttpResponse list(String accountId) {
        return S3Xml.response(
                200,
                "ListAllMyBucketsResult",
                xml -> xml.element("Owner", owner -> owner.text("ID", accountId))
                        .element(
                                "Buckets",
                                list -> store.all()
                                        .forEach(bucket -> list.element(
                                                "Bucket",
                                                entry -> entry.text("Name", bucket.name)
                                                        .text("CreationDate", ISO.format(bucket.createdAt))
                                                        .text("BucketRegion", bucket.region)))));
    }

    HttpResponse listObjects(S3Call call) {
        Bucket bucket = store.bucket(call.bucket());
        String prefix = call.parameter("prefix").orElse("");
        String delimiter = call.parameter("delimiter").orElse("");
        int maxKeys = maxKeys(call);
        String after = call.parameter("continuation-token")
                .filter(token -> !token.isEmpty())
                .map(BucketActions::readToken)
                .or(() -> call.parameter("start-after"))
                .orElse("");
        Listing listing = Listing.of(bucket, prefix, delimiter, after, maxKeys);
        UnaryOperator<String> keys = encoding(call);
        return S3Xml.response(200, "ListBucketResult", xml -> {
            xml.text("Name", bucket.name).text("Prefix", keys.apply(prefix));
            call.parameter("delimiter").ifPresent(given -> xml.text("Delimiter", keys.apply(given)));
            call.parameter("start-after").ifPresent(given -> xml.text("StartAfter", keys.apply(given)));
            call.parameter("continuation-token").ifPresent(given -> xml.text("ContinuationToken", given));
            call.parameter("encoding-type").ifPresent(given -> xml.text("EncodingType", given));
            xml.text("MaxKeys", Integer.toString(maxKeys))
                    .text("KeyCount", Integer.toString(listing.count()))
                    .text("IsTruncated", Boolean.toString(listing.truncated()));
            if (listing.truncated()) {
                xml.text("NextContinuationToken", token(listing.last()));
            }
            listing.objects().forEach(object -> object(xml, object, keys));
            listing.prefixes()
                    .forEach(
                            common -> xml.element("CommonPrefixes", entry -> entry.text("Prefix", keys.apply(common))));
        });
    }

    private static void object(S3Xml xml, StoredObject object, UnaryOperator<String> keys) {
        xml.element(
                "Contents",
                entry -> entry.text("Key", keys.apply(object.key()))
                        .text("LastModified", iso(object.modified()))
                        .text("ETag", object.etag())
                        .text("Size", Integer.toString(object.content().length))
                        .text("StorageClass", object.headers().getOrDefault("x-amz-storage-class", "STANDARD")));
    }

    private static String iso(Instant time) {
        return ISO.format(time);
    }

    private static UnaryOperator<String> encoding(S3Call call) {
        String type = call.parameter("encoding-type").orElse("");
        if (!type.isEmpty() && !type.equals("url")) {
            throw S3Errors.invalidArgument("Invalid Encoding Method specified in Request");
        }
        return type.isEmpty()
                ? UnaryOperator.identity()
                : text -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2F", "/");
    }

    private static int maxKeys(S3Call call) {
        String text = call.parameter("max-keys").orElse(Integer.toString(MAX_KEYS));
        if (!text.matches("\\d{1,9}")) {
            throw S3Errors.invalidArgument("Provided max-keys not an integer or within integer range");
        }
        return Math.min(MAX_KEYS, Integer.parseInt(text));
    }

    /** Returns a token that holds the last key of a page behind the key's checksum. */
    private static String token(String after) {
        byte[] key = after.getBytes(StandardCharsets.UTF_8);
        byte[] token = ByteBuffer.allocate(Integer.BYTES + key.length)
                .putInt(checksum(key))
                .put(key)
                .array();
        return Base64.getEncoder().encodeToString(token);
    }

    private static String readToken(String token) {
        try {
            ByteBuffer read = ByteBuffer.wrap(Base64.getDecoder().decode(token));
            int checksum = read.getInt();
            byte[] key = new byte[read.remaining()];
            read.get(key);
            if (checksum(key) == checksum) {
                return new String(key, StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException | BufferUnderflowException malformed) {
            throw incorrectToken();
        }
        throw incorrectToken();
    }

    private static int checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    private static ServiceException incorrectToken() {
        return S3Errors.invalidArgument("The continuation token provided is incorrect");
    }

    /**
     * One page of a bucket.
     *
     * @param objects the objects of the page
     * @param prefixes the keys' common prefixes up to the delimiter, each standing for all of its keys
     * @param truncated whether more pages follow
     * @param last the key from which the next page continues
     */
    private record Listing(List<StoredObject> objects, Set<String> prefixes, boolean truncated, String last) {

        static Listing of(Bucket bucket, String prefix, String delimiter, String after, int maxKeys) {
            List<StoredObject> objects = new ArrayList<>();
            Set<String> prefixes = new LinkedHashSet<>();
            String last = after;
            for (StoredObject object : bucket.after(after)) {
                String key = object.key();
                boolean seen = !prefixes.isEmpty() && prefixes.stream().anyMatch(key::startsWith);
                boolean before = !delimiter.isEmpty() && after.endsWith(delimiter) && key.startsWith(after);
                if (!key.startsWith(prefix) || seen || before) {
                    continue;
                }
                if (objects.size() + prefixes.size() >= maxKeys) {
                    return new Listing(objects, prefixes, maxKeys > 0, last);
                }
                int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
                if (cut < 0) {
                    objects.add(object);
                    last = key;
                } else {
                    last = key.substring(0, cut + delimiter.length());
                    prefixes.add(last);
                }
            }
            return new Listing(objects, prefixes, false, last);
        }

        int count() {
            return objects.size() + prefixes.size();
        }
    }
}
