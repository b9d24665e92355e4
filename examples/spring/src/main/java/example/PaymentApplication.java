package example;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Two functions of one application; SPRING_CLOUD_FUNCTION_DEFINITION names the one that a Lambda function runs. */
@SpringBootApplication
public class PaymentApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(PaymentApplication.class, arguments);
    }

    /** A payment, in cents. */
    public record Payment(long cents) {}

    /** The fee of a payment, in cents. */
    public record Quote(long cents, long fee) {}

    /** Reports the first payment that is not a positive amount as failed. */
    @Bean
    public Function<KinesisEvent, StreamsEventResponse> check() {
        return event -> {
            List<BatchItemFailure> failures = event.getRecords().stream()
                    .map(KinesisEvent.KinesisEventRecord::getKinesis)
                    .filter(record -> !StandardCharsets.UTF_8
                            .decode(record.getData())
                            .toString()
                            .matches("[1-9][0-9]*"))
                    .map(record -> new BatchItemFailure(record.getSequenceNumber()))
                    .limit(1)
                    .toList();
            return new StreamsEventResponse(failures);
        };
    }

    /** Returns the fee of a payment: two percent, and at least ten cents. */
    @Bean
    public Function<Payment, Quote> quote() {
        return payment -> new Quote(payment.cents(), Math.max(10, payment.cents() / 50));
    }
}
