"""What a model knows: questions with accepted answers, asked at several temperatures, and scored.

question_file  questions on disk, and the sets that ship
prompts        how a model is asked
asking         the run: events as they come
matching       when an answer is right
results        accuracy with intervals, calibration, what was answered how often
export         the same as a page
quiz           four-choice questions that a model writes about a text
"""
