package dev.ingestkit.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.protocol.ServiceRouter;
import dev.ingestkit.local.protocol.ServiceServer;
import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.time.MutableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Calls the service with AWS's own client: signatures, chunked uploads, trailing checksums and errors. */
final class S3ServiceTest {

    private static final long MAX_BYTES = 1 << 20;

    private final MutableClock clock = new MutableClock();
    private final S3Service service =
            new S3Service(clock, "eu-central-1", "000000000000", MAX_BYTES, () -> "request-1");
    private final ServiceServer server = ServiceServer.start(
            ServiceRouter.builder().rest(S3Service.NAME, service).build());
    private final S3Client client =
            server.open(S3Client.builder().forcePathStyle(true).httpClientBuilder(UrlConnectionHttpClient.builder()));

    @AfterEach
    void close() {
        server.close();
    }

    private void put(String key, String text) {
        client.putObject(put -> put.bucket("dead-letters").key(key), RequestBody.fromString(text));
    }

    private List<String> keys(String prefix) {
        return client.listObjectsV2(list -> list.bucket("dead-letters").prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    @Test
    void bucketsAndObjectsOutliveTheServiceInAStore() {
        Store store = new MemoryStore();
        S3Service before = S3Service.over(store, clock, "eu-central-1", "000000000000", MAX_BYTES, () -> "request-1");
        before.createBucket("dead-letters");
        before.createBucket("empty");
        Arn bucket = Arn.parse("arn:aws:s3:::dead-letters");
        before.put(bucket, "a/é.json", "{}".getBytes(StandardCharsets.UTF_8));

        BucketStore after = new BucketStore(clock, 20, BucketStorage.in(store));
        assertThat(after.all()).extracting(kept -> kept.name).containsExactly("dead-letters", "empty");
        StoredObject object = after.bucket("dead-letters").find("a/é.json").orElseThrow();
        assertThat(object.content()).asString(StandardCharsets.UTF_8).isEqualTo("{}");
        assertThat(object.headers()).containsEntry("content-type", "application/json");
        assertThat(object.etag()).isEqualTo("\"99914b932bd37a50b983c5e7c90ae93b\"");
        assertThatThrownBy(() -> after.put(
                        after.bucket("empty"), StoredObject.of("k", new byte[15], Map.of(), clock.instant()), false))
                .hasMessageContaining("20");
        after.remove(after.bucket("dead-letters"), "a/é.json", any -> true);
        after.delete(after.bucket("dead-letters"));
        assertThat(store.names()).containsExactly("s3/buckets");
    }

    @Test
    void objectsAreReturnedAsPut() {
        client.createBucket(create -> create.bucket("dead-letters"));
        String key = "aws/lambda/a b+c&é.json";

        String etag = client.putObject(
                        put -> put.bucket("dead-letters")
                                .key(key)
                                .contentType("application/json")
                                .metadata(Map.of("why", "poison")),
                        RequestBody.fromString("{\"a\":\"ö\"}"))
                .eTag();

        var read = client.getObjectAsBytes(get -> get.bucket("dead-letters").key(key));
        GetObjectResponse head = read.response();
        assertThat(read.asUtf8String()).isEqualTo("{\"a\":\"ö\"}");
        assertThat(head.eTag()).isEqualTo(etag).isEqualTo("\"3c080059ff71b4dd64ae6065944a7aac\"");
        assertThat(head.contentType()).isEqualTo("application/json");
        assertThat(head.metadata()).isEqualTo(Map.of("why", "poison"));
        assertThat(head.lastModified()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(client.headObject(ask -> ask.bucket("dead-letters").key(key)).contentLength())
                .isEqualTo(10);
        assertThat(client.getObjectAsBytes(
                                get -> get.bucket("dead-letters").key(key).range("bytes=1-3"))
                        .asUtf8String())
                .isEqualTo("\"a\"");
    }

    @Test
    void objectsAreListedByPrefixDelimiterAndPage() {
        client.createBucket(create -> create.bucket("dead-letters"));
        for (String key : List.of("a/1", "a/2", "b", "a/3", "c/1/x")) {
            put(key, key);
        }

        assertThat(keys("")).containsExactly("a/1", "a/2", "a/3", "b", "c/1/x");
        assertThat(keys("a/")).containsExactly("a/1", "a/2", "a/3");
        var folders = client.listObjectsV2(list -> list.bucket("dead-letters").delimiter("/"));
        assertThat(folders.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("a/", "c/");
        assertThat(folders.contents()).extracting(S3Object::key).containsExactly("b");
        assertThat(client
                        .listObjectsV2Paginator(list ->
                                list.bucket("dead-letters").delimiter("/").maxKeys(1))
                        .stream()
                        .map(page -> page.commonPrefixes().isEmpty()
                                ? page.contents().get(0).key()
                                : page.commonPrefixes().get(0).prefix()))
                .containsExactly("a/", "b", "c/");
    }

    @Test
    void onlyTokensOfEarlierPagesContinueAListing() {
        client.createBucket(create -> create.bucket("dead-letters"));
        put("a", "1");
        put("b", "2");
        String token = client.listObjectsV2(list -> list.bucket("dead-letters").maxKeys(1))
                .nextContinuationToken();

        assertThat(client.listObjectsV2(list -> list.bucket("dead-letters").continuationToken(token))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("b");
        for (String wrong : List.of("YQ==", "bm9uc2Vuc2U=", "?", "A" + token)) {
            assertThatThrownBy(() -> client.listObjectsV2(
                            list -> list.bucket("dead-letters").continuationToken(wrong)))
                    .as(wrong)
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            error -> assertThat(error.awsErrorDetails().errorCode())
                                    .isEqualTo("InvalidArgument"))
                    .hasMessageContaining("The continuation token provided is incorrect");
        }
    }

    @Test
    void bucketsAreCreatedListedAndDeletedWhenEmpty() {
        client.createBucket(create -> create.bucket("dead-letters"));
        put("one", "1");

        assertThat(client.listBuckets().buckets())
                .singleElement()
                .satisfies(bucket -> assertThat(bucket.name()).isEqualTo("dead-letters"));
        assertThat(client.getBucketLocation(ask -> ask.bucket("dead-letters")).locationConstraintAsString())
                .isEqualTo("eu-central-1");
        assertThatThrownBy(() -> client.createBucket(create -> create.bucket("dead-letters")))
                .isInstanceOf(BucketAlreadyOwnedByYouException.class);
        assertThatThrownBy(() -> client.deleteBucket(delete -> delete.bucket("dead-letters")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("BucketNotEmpty"));

        assertThatThrownBy(() -> client.deleteObject(
                        delete -> delete.bucket("dead-letters").key("one").ifMatch("\"0000\"")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        error -> assertThat(error.statusCode()).isEqualTo(412));
        client.deleteObject(delete -> delete.bucket("dead-letters").key("one"));
        client.deleteObject(delete -> delete.bucket("dead-letters").key("one"));
        client.deleteBucket(delete -> delete.bucket("dead-letters"));
        assertThatThrownBy(() -> client.headBucket(head -> head.bucket("dead-letters")))
                .isInstanceOf(NoSuchBucketException.class);
    }

    @Test
    void missingObjectsAndFailedConditionsGetTheErrorsOfS3() {
        client.createBucket(create -> create.bucket("dead-letters"));
        put("one", "1");

        assertThatThrownBy(() -> client.getObjectAsBytes(
                        get -> get.bucket("dead-letters").key("two")))
                .isInstanceOf(NoSuchKeyException.class)
                .hasMessageContaining("request-1");
        assertThatThrownBy(() -> client.putObject(
                        put -> put.bucket("dead-letters").key("one").ifNoneMatch("*"), RequestBody.fromString("2")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        error -> assertThat(error.statusCode()).isEqualTo(412));
        assertThatThrownBy(() -> client.putObject(
                        put -> put.bucket("dead-letters").key("one").contentMD5("1B2M2Y8AsgTpgAmY7PhCfg=="),
                        RequestBody.fromString("2")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("BadDigest"));
        assertThat(client.getObjectAsBytes(get -> get.bucket("dead-letters").key("one"))
                        .asUtf8String())
                .isEqualTo("1");
    }

    @Test
    void unsupportedCallsAreNamedAndHaveNoEffect() {
        client.createBucket(create -> create.bucket("dead-letters"));
        put("one", "1");

        assertThatThrownBy(() -> client.createMultipartUpload(
                        create -> create.bucket("dead-letters").key("big")))
                .isInstanceOfSatisfying(S3Exception.class, error -> {
                    assertThat(error.statusCode()).isEqualTo(501);
                    assertThat(error.awsErrorDetails().errorMessage()).contains("POST with ?uploads");
                });
        assertThatThrownBy(() -> client.copyObject(copy -> copy.sourceBucket("dead-letters")
                        .sourceKey("one")
                        .destinationBucket("dead-letters")
                        .destinationKey("two")))
                .hasMessageContaining("x-amz-copy-source");
        assertThat(keys("")).containsExactly("one");
    }

    @Test
    void objectsBeyondTheBoundAreRejected() {
        client.createBucket(create -> create.bucket("dead-letters"));
        String half = "x".repeat((int) MAX_BYTES / 2);
        put("one", half);
        put("one", half);

        assertThatThrownBy(() -> service.put(
                                Arn.parse("arn:aws:s3:::dead-letters"), "two", half.getBytes(StandardCharsets.UTF_8))
                        .toCompletableFuture()
                        .join())
                .hasMessageContaining("at most 1048576 bytes");
        client.deleteObject(delete -> delete.bucket("dead-letters").key("one"));
        put("two", half);
        assertThat(keys("")).containsExactly("two");
    }

    @Test
    void truncatedUploadsAreRejected() throws IOException, InterruptedException {
        client.createBucket(create -> create.bucket("dead-letters"));

        assertThat(upload("5\r\nhello\r\n0\r\n\r\n").statusCode()).isEqualTo(200);
        for (String broken :
                List.of("5\r\nhel", "5\r\nhello", "zz\r\nhello\r\n0\r\n\r\n", "ffffffff\r\nhello\r\n", "")) {
            assertThat(upload(broken).body()).as(broken).contains("<Code>IncompleteBody</Code>");
        }
        assertThat(upload("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n")
                        .body())
                .contains("<Code>BadDigest</Code>");
    }

    private HttpResponse<String> upload(String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + server.port() + "/dead-letters/k"))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host,"
                                + " Signature=0")
                .header("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void bucketsCanBeNamedInTheHost() {
        client.createBucket(create -> create.bucket("dead-letters"));
        put("a/b", "text");
        var request = new dev.ingestkit.local.http.HttpRequest(
                "GET", "/a/b", "", Map.of("host", List.of("dead-letters.s3.localhost:4566")), new byte[0], "127.0.0.1");

        var answer = service.handle(request).toCompletableFuture().join();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("Last-Modified", List.of("Thu, 01 Jan 2026 00:00:00 GMT"));
    }

    @Test
    void presignedUrlsNeedNoOtherCredentials() throws IOException, InterruptedException {
        client.createBucket(create -> create.bucket("dead-letters"));
        put("a", "text");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port()
                        + "/dead-letters/a?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                        + "&X-Amz-Credential=test%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=0"))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body())
                .isEqualTo("text");
    }

    @Test
    void bucketsKeepTheirLocationAndUsEast1AllowsRepetition() {
        client.createBucket(
                create -> create.bucket("here").createBucketConfiguration(c -> c.locationConstraint("eu-west-1")));
        assertThat(client.getBucketLocation(ask -> ask.bucket("here")).locationConstraintAsString())
                .isEqualTo("eu-west-1");
        assertThatThrownBy(() -> client.createBucket(create ->
                        create.bucket("there").createBucketConfiguration(c -> c.locationConstraint("us-east-1"))))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        error ->
                                assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidLocationConstraint"));

        BucketStore usEast1 = new BucketStore(java.time.Clock.systemUTC(), 1_000, BucketStorage.NONE);
        assertThat(usEast1.create("mine", "us-east-1")).isSameAs(usEast1.create("mine", "us-east-1"));
    }

    @Test
    void requestedHeadersChecksumsAndStorageClassesAreReturned() {
        client.createBucket(create -> create.bucket("dead-letters"));
        client.putObject(
                put -> put.bucket("dead-letters")
                        .key("k")
                        .storageClass("STANDARD_IA")
                        .serverSideEncryption("AES256")
                        .websiteRedirectLocation("/other"),
                RequestBody.fromString("x"));
        var read = client.getObject(get -> get.bucket("dead-letters")
                        .key("k")
                        .responseContentType("text/csv")
                        .checksumMode("ENABLED"))
                .response();

        assertThat(read.contentType()).isEqualTo("text/csv");
        assertThat(read.storageClassAsString()).isEqualTo("STANDARD_IA");
        assertThat(read.serverSideEncryptionAsString()).isEqualTo("AES256");
        assertThat(read.websiteRedirectLocation()).isEqualTo("/other");
        assertThat(read.checksumCRC32()).isNotEmpty();
        assertThatThrownBy(() -> client.putObject(
                        put -> put.bucket("dead-letters").key("g").storageClass("GLACIER"),
                        RequestBody.fromString("x")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        error -> assertThat(error.statusCode()).isEqualTo(501));
    }
}
