"""The emergency stop: the file that holds stops, who follows it, and what may be stopped. What a stop does to an answer is decide's."""
