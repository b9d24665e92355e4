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

/** Clients for one endpoint, to be closed by whoever asks for them. */
record Endpoint(URI uri) {

    SqsClient sqs() {
        return at(SqsClient.builder().httpClientBuilder(patient()));
    }

    KinesisClient kinesis() {
        return at(KinesisClient.builder().httpClientBuilder(patient()));
    }

    SecretsManagerClient secrets() {
        return at(SecretsManagerClient.builder().httpClientBuilder(patient()));
    }

    private static UrlConnectionHttpClient.Builder patient() {
        return UrlConnectionHttpClient.builder().socketTimeout(Duration.ofMinutes(1));
    }

    private <C> C at(AwsClientBuilder<?, C> builder) {
        return builder.endpointOverride(uri)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .overrideConfiguration(each -> each.apiCallTimeout(Duration.ofMinutes(3)))
                .build();
    }

    /** What an SDK's error says that is the same everywhere: its code, without the name of the exception's class. */
    static String code(AwsServiceException refused) {
        String code = refused.awsErrorDetails().errorCode();
        return code.substring(code.lastIndexOf('#') + 1);
    }
}
