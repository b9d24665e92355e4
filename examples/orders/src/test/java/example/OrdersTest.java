package example;

import dev.ingestkit.testkit.IngestPipeline;
import dev.ingestkit.testkit.IngestTest;
import org.junit.jupiter.api.Test;

@IngestTest(template = "template.yaml")
class OrdersTest {

    @Test
    void anOrderIsTaken(IngestPipeline pipeline) {
        pipeline.put("Orders", "ann", "{\"total\":12}");
        pipeline.await("ann").processed();
    }

    @Test
    void aRecordThatIsNotAnOrderIsDeadLettered(IngestPipeline pipeline) {
        pipeline.put("Orders", "bob", "no order");
        pipeline.await("bob").deadLettered();
    }
}
