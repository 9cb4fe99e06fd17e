package io.genapi.worker.kafka;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Parking;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What became here of the jobs that were taken up last, so that a job that was parked twice does not run twice. Between
 * parking a job and committing that its record is done a crash leaves both records behind, a short way apart in time.
 * Thread-safe.
 */
final class KnownJobs {

    private final int capacity;
    private final Map<JobId, Known> latest = new LinkedHashMap<>();

    private record Place(String topic, int partition, long offset) {

        static Place of(ConsumerRecord<?, ?> record) {
            return new Place(record.topic(), record.partition(), record.offset());
        }
    }

    /**
     * @param place of the record that was taken up last
     * @param parkNumber of the record that follows it, if it was parked; else {@link Integer#MAX_VALUE}: none does
     * @param soFar what the job has been through
     */
    private record Known(Place place, int parkNumber, Parking soFar) {}

    /** @param capacity jobs that are remembered, at least 1 */
    KnownJobs(int capacity) {
        this.capacity = capacity;
    }

    /**
     * A record is taken up, unless it only repeats another one that was: then it is done. A record of a request topic
     * always is; what is submitted once more is a matter for others.
     *
     * @param recorded what the record says that its job has been through
     * @return what the job has been through; empty if the record is not to run
     */
    synchronized Optional<Parking> takeUp(ConsumerRecord<?, ?> record, JobId id, Parking recorded) {
        Known known = latest.get(id);
        Place place = Place.of(record);
        boolean same = known != null && known.place().equals(place);
        if (known != null && !same && recorded.number() > 0 && recorded.number() < known.parkNumber()) {
            return Optional.empty();
        }
        Parking soFar = known != null && same ? known.soFar() : recorded;
        remember(id, new Known(place, Integer.MAX_VALUE, soFar));
        return Optional.of(soFar);
    }

    /** The same record comes again after a while. */
    synchronized void setAside(ConsumerRecord<?, ?> record, JobId id, Parking soFar) {
        remember(id, new Known(Place.of(record), Integer.MAX_VALUE, soFar));
    }

    /** The job goes on as another record. */
    synchronized void parked(ConsumerRecord<?, ?> record, JobId id, Parking parking) {
        remember(id, new Known(Place.of(record), parking.number(), parking));
    }

    private void remember(JobId id, Known known) {
        latest.remove(id);
        latest.put(id, known);
        if (latest.size() > capacity) {
            latest.remove(latest.keySet().iterator().next());
        }
    }
}
