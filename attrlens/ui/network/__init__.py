"""The Network tab: channels beside the decision."""
