package dev.ingestkit.local.s3;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.protocol.ServiceException;
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
 * S3 in memory, as far as objects that a mapping or a function writes have to be found, read and deleted: whole objects
 * in buckets, no versions, no multipart uploads, no notifications. Whatever else a client asks for is refused by name.
 * Thread-safe; every action is done on the calling thread, in memory.
 */
public final class S3Service implements HttpHandler {

    /** The name in a credential scope. */
    public static final String NAME = "s3";

    /** What a request is about besides an object or a bucket; each makes another action of it. */
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

    private final BucketStore store;
    private final ObjectActions objects;
    private final Supplier<String> requestIds;
    private final Map<String, Function<S3Call, HttpResponse>> actions = new LinkedHashMap<>();

    /**
     * @param mostBytes what all objects may take together; beyond it they are refused
     * @param requestIds names each answer
     */
    public S3Service(Clock clock, String region, String accountId, long mostBytes, Supplier<String> requestIds) {
        this.store = new BucketStore(clock, mostBytes);
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

    /** The actions that are built. */
    public Set<String> actions() {
        return Set.copyOf(actions.keySet());
    }

    /**
     * Makes a bucket, as a template does.
     *
     * @throws ServiceException when it is there already, or its name is none for a bucket
     */
    public void createBucket(String name) {
        store.create(name);
    }

    /**
     * Puts an object from inside the runtime, as a mapping does that gives up on records.
     *
     * @return the object's key; a failed stage with {@link ServiceException} when there is no such bucket or no room
     */
    public CompletionStage<String> put(String bucketArn, String key, byte[] content) {
        try {
            Bucket bucket = store.bucket(bucketArn.substring(bucketArn.lastIndexOf(':') + 1));
            store.put(bucket, objects.object(key, content, Map.of("content-type", "application/json")), false);
            return CompletableFuture.completedFuture(key);
        } catch (ServiceException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        String requestId = requestIds.get();
        HttpResponse response;
        try {
            S3Call call = S3Call.of(request);
            response = action(call).apply(call);
        } catch (ServiceException refused) {
            response = error(refused, request, requestId);
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

    /** The action's name; for one that is not built, how it is called. */
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
            case "POST" -> call.asks("delete") ? "DeleteObjects" : "PostObject";
            case "GET" ->
                call.asks("location")
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
