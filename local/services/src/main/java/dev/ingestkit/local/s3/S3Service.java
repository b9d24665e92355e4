package dev.ingestkit.local.s3;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.store.Store;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * S3 in memory, so that objects that a mapping or a function writes can be found, read and deleted: whole objects in
 * buckets, without versions, multipart uploads or notifications. Any other call is rejected by name. Thread-safe; every
 * action runs on the calling thread, in memory.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html">S3 API Reference</a>
 */
public final class S3Service implements HttpHandler {

    /** The service's name in a credential scope. */
    public static final String NAME = "s3";

    /** Query parameters that address a part of a bucket or an object, and so select another action. */
    private static final Set<String> SUBRESOURCES = Set.of(
            "acl",
            "attributes",
            "accelerate",
            "analytics",
            "cors",
            "encryption",
            "intelligent-tiering",
            "inventory",
            "legal-hold",
            "lifecycle",
            "logging",
            "metrics",
            "notification",
            "object-lock",
            "ownershipControls",
            "partNumber",
            "policy",
            "policyStatus",
            "publicAccessBlock",
            "replication",
            "requestPayment",
            "restore",
            "retention",
            "select",
            "tagging",
            "torrent",
            "uploadId",
            "uploads",
            "versionId",
            "versioning",
            "versions",
            "website");

    private final String region;
    private final BucketStore store;
    private final ObjectActions objects;
    private final Supplier<String> requestIds;
    private final Map<String, Function<S3Call, HttpResponse>> actions = new LinkedHashMap<>();

    /**
     * Creates the service without buckets.
     *
     * @param clock determines the objects' modification times
     * @param region the region of all buckets
     * @param accountId the owner of all buckets
     * @param maxBytes the bound on the size of all objects together; objects beyond it are rejected
     * @param requestIds generates the id of each response
     */
    public S3Service(Clock clock, String region, String accountId, long maxBytes, Supplier<String> requestIds) {
        this(BucketStorage.NONE, clock, region, accountId, maxBytes, requestIds);
    }

    /**
     * Creates the service over a store, with the buckets and objects that the store has.
     *
     * @param store closed by the caller, after this service
     */
    public static S3Service over(
            Store store, Clock clock, String region, String accountId, long maxBytes, Supplier<String> requestIds) {
        return new S3Service(BucketStorage.in(store), clock, region, accountId, maxBytes, requestIds);
    }

    private S3Service(
            BucketStorage storage,
            Clock clock,
            String region,
            String accountId,
            long maxBytes,
            Supplier<String> requestIds) {
        this.region = requireNonNull(region, "region");
        this.store = new BucketStore(clock, maxBytes, storage);
        this.objects = new ObjectActions(store, clock);
        this.requestIds = requireNonNull(requestIds, "requestIds");
        BucketActions buckets = new BucketActions(store, region);
        actions.put("ListBuckets", call -> buckets.list(accountId));
        actions.put("CreateBucket", buckets::create);
        actions.put("DeleteBucket", buckets::delete);
        actions.put("HeadBucket", buckets::head);
        actions.put("GetBucketLocation", buckets::location);
        actions.put("ListObjectsV2", buckets::listObjects);
        actions.put("PutObject", objects::put);
        actions.put("GetObject", objects::get);
        actions.put("HeadObject", objects::get);
        actions.put("DeleteObject", objects::delete);
    }

    /** Returns the supported actions. */
    public Set<String> actions() {
        return Set.copyOf(actions.keySet());
    }

    /**
     * Creates a bucket, as a template does.
     *
     * @throws ServiceException if the bucket exists or its name is invalid
     */
    public void createBucket(String name) {
        store.create(name, region);
    }

    /** Returns whether a bucket of this name exists. */
    public boolean hasBucket(String name) {
        return store.find(name).isPresent();
    }

    /**
     * Puts an object from within the runtime, as a mapping does for records that it gives up.
     *
     * @return the object's key; a stage that fails with {@link ServiceException} if the bucket does not exist or the
     *     store is full
     */
    public CompletionStage<String> put(Arn bucketArn, String key, byte[] content) {
        try {
            Bucket bucket = store.bucket(bucketArn.resource());
            store.put(bucket, objects.object(key, content, Map.of("content-type", "application/json")), false);
            return CompletableFuture.completedFuture(key);
        } catch (ServiceException error) {
            return CompletableFuture.failedFuture(error);
        }
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        String requestId = requestIds.get();
        HttpResponse response;
        try {
            S3Call call = S3Call.of(request);
            response = action(call).apply(call);
        } catch (ServiceException error) {
            response = error(error, request, requestId);
        }
        return CompletableFuture.completedFuture(response.withHeader("x-amz-request-id", requestId));
    }

    private Function<S3Call, HttpResponse> action(S3Call call) {
        String name = name(call);
        Function<S3Call, HttpResponse> action = actions.get(name);
        if (action == null) {
            throw S3Errors.notImplemented(name);
        }
        return action;
    }

    /** Returns the action's name; for an unsupported action, a description of the call. */
    private static String name(S3Call call) {
        String method = call.method();
        List<String> asked = call.query().keySet().stream()
                .filter(SUBRESOURCES::contains)
                .sorted()
                .toList();
        if (!asked.isEmpty()) {
            return "%s with ?%s".formatted(method, asked.get(0));
        }
        if (call.bucket().isEmpty()) {
            return method.equals("GET") ? "ListBuckets" : method;
        }
        return call.key().isEmpty() ? bucketAction(call) : objectAction(method);
    }

    private static String bucketAction(S3Call call) {
        return switch (call.method()) {
            case "PUT" -> "CreateBucket";
            case "DELETE" -> "DeleteBucket";
            case "HEAD" -> "HeadBucket";
            case "POST" -> call.hasParameter("delete") ? "DeleteObjects" : "PostObject";
            case "GET" ->
                call.hasParameter("location")
                        ? "GetBucketLocation"
                        : call.parameter("list-type").filter("2"::equals).isPresent() ? "ListObjectsV2" : "ListObjects";
            default -> call.method();
        };
    }

    private static String objectAction(String method) {
        return switch (method) {
            case "PUT" -> "PutObject";
            case "GET" -> "GetObject";
            case "HEAD" -> "HeadObject";
            case "DELETE" -> "DeleteObject";
            default -> method;
        };
    }

    private static HttpResponse error(ServiceException error, HttpRequest request, String requestId) {
        return S3Xml.error(
                error.status(),
                xml -> xml.text("Code", error.code())
                        .text("Message", error.text())
                        .text("Resource", request.rawPath())
                        .text("RequestId", requestId));
    }
}
