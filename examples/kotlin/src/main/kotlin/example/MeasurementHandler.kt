package example

import com.amazonaws.services.lambda.runtime.Context
import com.amazonaws.services.lambda.runtime.RequestHandler
import com.amazonaws.services.lambda.runtime.events.KinesisEvent
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure

/** A temperature as a sensor sends it. */
data class Measurement(val sensor: String, val celsius: Double) {
    val plausible get() = celsius > -90 && celsius < 70
}

/** Reports the first implausible measurement, and leaves it and those after it to the mapping. */
class MeasurementHandler : RequestHandler<KinesisEvent, StreamsEventResponse> {

    override fun handleRequest(event: KinesisEvent, context: Context): StreamsEventResponse {
        val rejected = event.records.map { it.kinesis }.firstOrNull { record ->
            val measurement = record.measurement()
            context.logger.log("${measurement.sensor}: ${measurement.celsius}")
            !measurement.plausible
        }
        return StreamsEventResponse(listOfNotNull(rejected?.let { BatchItemFailure(it.sequenceNumber) }))
    }

    private fun KinesisEvent.Record.measurement() =
        Measurement(partitionKey, Charsets.UTF_8.decode(data).toString().trim().toDoubleOrNull() ?: Double.NaN)
}
