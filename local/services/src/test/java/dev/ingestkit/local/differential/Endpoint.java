package dev.ingestkit.local.differential;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Clients of one endpoint, to be closed by the caller. */
record Endpoint(URI uri) {

    SqsClient sqs() {
        return at(SqsClient.builder().httpClientBuilder(httpClient()));
    }

    KinesisClient kinesis() {
        return at(KinesisClient.builder().httpClientBuilder(httpClient()));
    }

    SecretsManagerClient secrets() {
        return at(SecretsManagerClient.builder().httpClientBuilder(httpClient()));
    }

    private static UrlConnectionHttpClient.Builder httpClient() {
        return UrlConnectionHttpClient.builder().socketTimeout(Duration.ofMinutes(1));
    }

    private <C> C at(AwsClientBuilder<?, C> builder) {
        return builder.endpointOverride(uri)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .overrideConfiguration(each -> each.apiCallTimeout(Duration.ofMinutes(3)))
                .build();
    }

    /** Returns the part of an SDK's error that is the same everywhere: its code, without the exception's class name. */
    static String code(AwsServiceException error) {
        String code = error.awsErrorDetails().errorCode();
        return code.substring(code.lastIndexOf('#') + 1);
    }
}
